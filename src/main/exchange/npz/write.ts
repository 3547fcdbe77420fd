import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { columnName, columnsFor, positionsOf } from '../channel-columns.ts'
import { fieldsOf, type Fields } from '../fields.ts'
import { OutputFile } from '../output-file.ts'
import type { ExchangeRecording, RecordingSink, WriteContext } from '../recording.ts'
import { FIELD_FLAGS, FIELD_NUMBERS, FIELD_TEXTS, SHARED_TEXTS } from './members.ts'
import { npyHeader, npyTexts, type NpyType } from './npy.ts'
import { writeZip, type ZipPart } from './zip-write.ts'

/** Arrays with an element a frame: written beside while recordings come, put together at the end. */
const STREAMS = { lost_before: '<u4', device_us: '<f8', host_ms: '<f8', values: '<f4' } as const

/** Arrays of numpy in a zip file: frames one after the other, `offsets` tells where each recording begins. */
export async function writeNpz({ path, expected }: WriteContext): Promise<RecordingSink> {
  const parts = `${path}.parts`
  await mkdir(parts)
  const sink = new NpzSink(path, parts, expected.channelLists)
  await sink.open()
  return sink
}

class NpzSink implements RecordingSink {
  readonly #path: string
  readonly #parts: string
  readonly #lists: string[]
  readonly #columns: ReturnType<typeof columnsFor>
  readonly #channelLists: readonly (readonly {
    name: string
    unit: ExchangeRecording['signal']['channels'][number]['unit']
  }[])[]
  readonly #streams = new Map<keyof typeof STREAMS, OutputFile>()
  readonly #fields: Fields[] = []
  readonly #listOf: number[] = []
  readonly #offsets: number[] = [0]
  readonly #shared = (Object.keys(SHARED_TEXTS) as (keyof typeof SHARED_TEXTS)[]).map((name) => new SharedTexts(name))

  constructor(path: string, parts: string, lists: WriteContext['expected']['channelLists']) {
    this.#path = path
    this.#parts = parts
    this.#columns = columnsFor(lists)
    this.#channelLists = lists
    this.#lists = lists.map((list) => JSON.stringify(list))
  }

  async open(): Promise<void> {
    for (const name of Object.keys(STREAMS) as (keyof typeof STREAMS)[])
      this.#streams.set(name, await OutputFile.create(join(this.#parts, name)))
  }

  async write(recording: ExchangeRecording): Promise<void> {
    const { signal } = recording
    const { frames, channels, values } = signal
    const width = this.#columns.length
    const table = new Float32Array(frames * width)
    for (const [column, at] of positionsOf(this.#columns, channels).entries()) {
      for (let frame = 0; frame < frames; frame++)
        table[frame * width + column] = at === -1 ? NaN : values[frame * channels.length + at]!
    }
    const lost = new Uint32Array(frames)
    for (const gap of signal.gaps) lost[gap.at] = gap.lost
    const data = { lost_before: lost, device_us: signal.deviceMicros, host_ms: signal.hostMillis, values: table }
    for (const [name, file] of this.#streams) await file.write(new Uint8Array(data[name].slice().buffer))
    const fields = fieldsOf(recording)
    for (const texts of this.#shared) texts.add(fields)
    this.#fields.push(fields)
    this.#listOf.push(this.#lists.indexOf(JSON.stringify(channels)))
    this.#offsets.push(this.#offsets.at(-1)! + frames)
  }

  async close(): Promise<void> {
    for (const file of this.#streams.values()) await file.close()
    await writeZip(this.#path, this.#arrays())
    await rm(this.#parts, { recursive: true, force: true })
  }

  async abort(): Promise<void> {
    for (const file of this.#streams.values()) await file.abort()
    await rm(this.#parts, { recursive: true, force: true })
  }

  /**
   * The samples come last and are most of the file: where it breaks off in them, all is known of those that are there.
   */
  *#arrays(): Generator<ZipPart> {
    for (const { name, type, shape, bytes } of this.#small())
      yield { name: `${name}.npy`, bytes: Buffer.concat([npyHeader(type, shape), bytes]) }
    const frames = this.#offsets.at(-1)!
    for (const name of this.#streams.keys()) {
      const header = npyHeader(STREAMS[name], name === 'values' ? [frames, this.#columns.length] : [frames])
      yield { name: `${name}.npy`, open: () => Readable.from(chained(header, join(this.#parts, name))) }
    }
  }

  /** Everything that is not as long as the frames. */
  #small(): { name: string; type: NpyType; shape: number[]; bytes: Uint8Array }[] {
    const count = this.#fields.length
    const longest = this.#channelLists.reduce((most, { length }) => Math.max(most, length), 0)
    const lists = new Int32Array(this.#lists.length * longest).fill(-1)
    this.#channelLists.forEach((list, row) => {
      const names = this.#columns.map(columnName)
      list.forEach((channel, at) => (lists[row * longest + at] = names.indexOf(columnName(channel))))
    })
    const texts = (name: string, of: readonly string[]) => ({ name, shape: [of.length], ...npyTexts(of) })
    const numbers = (
      name: string,
      type: NpyType,
      array: Float64Array | Int32Array | BigInt64Array | Uint8Array,
      shape: number[] = [array.length],
    ) => ({ name, type, shape, bytes: new Uint8Array(array.buffer) })
    return [
      numbers('offsets', '<i8', BigInt64Array.from(this.#offsets, BigInt)),
      texts('columns', this.#columns.map(columnName)),
      numbers('channel_lists', '<i4', lists, [this.#lists.length, longest]),
      numbers('channel_list', '<i4', Int32Array.from(this.#listOf)),
      ...FIELD_TEXTS.map((name) =>
        texts(
          name,
          this.#fields.map((fields) => fields[name] ?? ''),
        ),
      ),
      ...FIELD_NUMBERS.map((name) =>
        numbers(
          name,
          '<f8',
          Float64Array.from(this.#fields, (fields) => fields[name] ?? NaN),
        ),
      ),
      ...FIELD_FLAGS.map((name) =>
        numbers(
          name,
          '|b1',
          Uint8Array.from(this.#fields, (fields) => Number(fields[name])),
          [count],
        ),
      ),
      ...this.#shared.flatMap(({ name, known, of }) => [
        texts(SHARED_TEXTS[name], [...known.keys()]),
        numbers(name, '<i4', Int32Array.from(of)),
      ]),
    ]
  }
}

/** A long text that recordings share, each once, and which of them every recording has. */
class SharedTexts {
  readonly name: keyof typeof SHARED_TEXTS
  readonly known = new Map<string, number>()
  readonly of: number[] = []

  constructor(name: keyof typeof SHARED_TEXTS) {
    this.name = name
  }

  add(fields: Fields): void {
    const text = fields[this.name] ?? 'null'
    if (!this.known.has(text)) this.known.set(text, this.known.size)
    this.of.push(this.known.get(text)!)
  }
}

async function* chained(header: Uint8Array, path: string): AsyncGenerator<Uint8Array> {
  yield header
  yield* createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>
}
