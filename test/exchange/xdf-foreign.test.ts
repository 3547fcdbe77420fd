import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRate } from '../../src/shared/signal.ts'
import type { ExchangeRecording } from '../../src/main/exchange/recording.ts'
import { offsetsOf } from '../../src/main/exchange/xdf/clock-offsets.ts'
import { formatNamed } from '../../src/main/exchange/formats.ts'
import type { ReadOptions } from '../../src/main/exchange/format-codec.ts'
import { temporaryFolder } from '../store/fixtures.ts'
import { english } from '../../src/shared/messages/index.ts'

/** The bytes of a file as the specification has them, written here a second time and by hand. */
const u16 = (value: number) => Buffer.from([value & 255, value >> 8])
const u32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer)
const f32 = (value: number) => Buffer.from(Float32Array.of(value).buffer)
const f64 = (value: number) => Buffer.from(Float64Array.of(value).buffer)
const chunk = (tag: number, ...content: Buffer[]) =>
  Buffer.concat([Buffer.of(4), u32(2 + Buffer.concat(content).length), u16(tag), ...content])
const header = (id: number, fields: string) =>
  chunk(2, u32(id), Buffer.from(`<?xml version="1.0"?><info>${fields}</info>`))
const clock = (id: number, time: number, offset: number) => chunk(4, u32(id), f64(time), f64(offset))
const markers = (id: number, ...words: [number, string][]) =>
  chunk(
    3,
    u32(id),
    Buffer.of(4),
    u32(words.length),
    ...words.map(([time, word]) =>
      Buffer.concat([Buffer.of(8), f64(time), Buffer.of(1, Buffer.byteLength(word)), Buffer.from(word)]),
    ),
  )
/** Force counts the frames, so that it tells which of them a recording has. */
const pen = (id: number, times: readonly number[]) =>
  chunk(
    3,
    u32(id),
    Buffer.of(4),
    u32(times.length),
    ...times.map((time, at) => Buffer.concat([Buffer.of(8), f64(time), f32(at), f32(9.80665)])),
  )

const channel = (label: string, unit: string) => `<channel><label>${label}</label><unit>${unit}</unit></channel>`
const PEN = (rateHz: number) =>
  `<name>Ink</name><type>Pen</type><channel_count>2</channel_count><nominal_srate>${rateHz}</nominal_srate><channel_format>float32</channel_format>` +
  `<desc><channels>${channel('Force', 'N')}${channel('Acc.X', 'm/s^2')}</channels></desc>`
const WORDS =
  '<name>Screen</name><type>Markers</type><channel_count>1</channel_count><nominal_srate>0</nominal_srate><channel_format>string</channel_format><desc/>'

const file = (...chunks: Buffer[]) =>
  Buffer.concat([
    Buffer.from('XDF:'),
    chunk(1, Buffer.from('<?xml version="1.0"?><info><version>1.0</version></info>')),
    ...chunks,
  ])

const read = (...chunks: Buffer[]) => readBytes(file(...chunks))

async function readBytes(bytes: Buffer, options: ReadOptions = {}): Promise<(ExchangeRecording | string)[]> {
  const path = join(temporaryFolder(), 'lab.xdf')
  writeFileSync(path, bytes)
  const found: (ExchangeRecording | string)[] = []
  for await (const entry of formatNamed('xdf').read(path, options)) {
    if ('recording' in entry) found.push(entry.recording)
    else found.push(`${english(entry.where)}: ${english('reason' in entry ? entry.reason : entry.note)}`)
  }
  return found
}

/** What was written from which frame on, and in how many; refusals as they are. */
const cuts = (read: readonly (ExchangeRecording | string)[]) =>
  read.map((each) => (typeof each === 'string' ? each : [each.label, each.signal.values[0], each.signal.frames]))

/** Three seconds of a pen from 50 s on, and two words in them. */
const seconds = Array.from({ length: 300 }, (_, frame) => 50 + frame / 100)
const [haus, maus] = [50.505, 51.505]

describe('an XDF file of another recorder', () => {
  it('is cut at its markers, each word up to the next one, in our names and units', async () => {
    const found = await read(
      header(1, PEN(100)),
      header(2, WORDS),
      markers(2, [haus, 'Haus'], [maus, 'größer']),
      pen(1, seconds),
    )
    expect(cuts(found)).toEqual([
      ['Haus', 51, 100],
      ['größer', 151, 149],
    ])
    expect(found[0]).toMatchObject({
      writer: 'lab',
      virtual: false,
      session: { device: 'Ink' },
      signal: { rateHz: 100 },
    })
    const { channels, values, deviceMicros } = (found[0] as ExchangeRecording).signal
    expect(channels).toEqual([
      { name: 'force', unit: 'N' },
      { name: 'acc1_x', unit: 'g' },
    ])
    expect([values[1], deviceMicros[0]]).toEqual([1, 50.51e6])
  })

  it('is one recording without a label where it has no markers', async () => {
    expect(cuts(await read(header(1, PEN(100)), pen(1, seconds)))).toEqual([[null, 0, 300]])
  })

  it('leaves out streams that are no pen, and words without a frame', async () => {
    const eeg =
      '<name>Cap</name><type>EEG</type><channel_count>1</channel_count><nominal_srate>250</nominal_srate><channel_format>float32</channel_format><desc/>'
    expect(
      cuts(
        await read(
          header(3, eeg),
          chunk(3, u32(3), Buffer.of(1, 1, 8), f64(50), f32(7)),
          header(1, PEN(100)),
          pen(1, seconds),
          header(2, WORDS),
          markers(2, [haus, 'Haus'], [60, 'late']),
        ),
      ),
    ).toEqual([
      'stream Cap: does not name its channels',
      ['Haus', 51, 249],
      'stream Ink, marker "late": has no frames in its time',
    ])
  })
})

describe('a stream without the sensors of a pen in an XDF file', () => {
  const stream = (...labels: string[]) =>
    file(
      header(
        1,
        `<name>Mouse</name><type>Position</type><channel_count>2</channel_count><nominal_srate>0</nominal_srate><channel_format>float32</channel_format><desc><channels>${labels.map((label) => `<channel><label>${label}</label></channel>`).join('')}</channels></desc>`,
      ),
      pen(1, seconds),
    )

  it('is asked about and not taken, until somebody says that it is one', async () => {
    const asked =
      "stream Mouse: is no pen's: its channels (mousex, mousey) name no sensor of a pen and no unit of one; say " +
      'so if it is one all the same'
    expect(await readBytes(stream('MouseX', 'MouseY'))).toEqual([asked])
    expect(cuts(await readBytes(stream('MouseX', 'MouseY'), { allStreams: true }))).toEqual([[null, 0, 300]])
    expect(cuts(await readBytes(stream('Acc X', 'gyro_x')))).toEqual([[null, 0, 300]])
  })
})

describe('an XDF file that breaks off', () => {
  const footer = (id: number) =>
    chunk(6, u32(id), Buffer.from('<?xml version="1.0"?><info><sample_count>300</sample_count></info>'))
  const whole = file(
    header(1, PEN(100)),
    header(2, WORDS),
    markers(2, [haus, 'Haus'], [maus, 'Maus']),
    pen(1, seconds.slice(0, 200)),
    pen(1, seconds.slice(200)),
  )
  const told = (offset: number) => `the end of the file: it breaks off at byte ${offset}; what is whole before came in`
  const states = (found: readonly (ExchangeRecording | string)[]) =>
    found.map((each) => (typeof each === 'string' ? each : [each.label, each.signal.frames, each.state]))

  it('gives all of its words where only a footer is cut, or nothing but zeros follow', async () => {
    const words = [
      ['Haus', 100, 'finished'],
      ['Maus', 149, 'finished'],
    ]
    expect(states(await readBytes(Buffer.concat([whole, footer(1).subarray(0, -7)])))).toEqual([
      ...words,
      told(whole.length),
    ])
    expect(states(await readBytes(Buffer.concat([whole, Buffer.alloc(500)])))).toEqual([
      words[0],
      ['Maus', 149, 'interrupted'],
      told(whole.length),
    ])
  })

  it('gives the whole frames of the chunk that it breaks off in, as a word that is interrupted', async () => {
    const last = whole.length - pen(1, seconds.slice(200)).length
    // 17 bytes a frame: four of them and a half are gone.
    expect(states(await readBytes(whole.subarray(0, -76)))).toEqual([
      ['Haus', 100, 'finished'],
      ['Maus', 144, 'interrupted'],
      told(last),
    ])
  })

  it('is refused where nothing of it is whole', async () => {
    await expect(readBytes(whole.subarray(0, 80))).rejects.toMatchObject({
      code: 'decode-failed',
      message: expect.stringMatching(/breaks off at byte/),
    })
  })
})

describe('times and rates of an XDF file of another recorder', () => {
  const at = (from: number, count: number, rateHz = 100) =>
    Array.from({ length: count }, (_, frame) => from + frame / rateHz)
  const rates = (found: readonly (ExchangeRecording | string)[]) =>
    found.map((each) =>
      typeof each === 'string' ? each : [each.label, each.signal.frames, each.signal.rateHz, each.signal.gaps],
    )

  it('go by the times where the declared rate is another, and say so', async () => {
    const told = 'stream Ink: it declares 100 Hz, but its times say 52 Hz, which was taken'
    expect(rates(await read(header(1, PEN(100)), pen(1, at(100, 520, 52))))).toEqual([told, [null, 520, 52, []]])
    expect(rates(await read(header(1, PEN(1e9)), pen(1, at(100, 50))))).toEqual([
      told.replace('100 Hz', '1000000000 Hz').replace('52', '100'),
      [null, 50, 100, []],
    ])
  })

  it('leave pauses out of the rate, as gaps', async () => {
    const found = await read(
      header(1, PEN(0)),
      header(2, WORDS),
      markers(2, [101, 'Haus'], [196, 'Baum']),
      pen(1, [...at(100, 500), ...at(195, 500)]),
    )
    expect(rates(found)).toEqual([
      'stream Ink: it has a pause of 90 s, which was kept as a gap',
      ['Haus', 500, 100, [{ at: 400, lost: 9000 }]],
      ['Baum', 400, 100, []],
    ])
  })

  it('are refused where one time stands for all frames and no rate is declared', async () => {
    const one = Array.from({ length: 120 }, () => 100)
    expect(await read(header(1, PEN(0)), header(2, WORDS), markers(2, [99, 'Haus']), pen(1, one))).toEqual([
      'stream Ink: has one time for many frames, and no rate',
    ])
    const [note, recording] = await read(header(1, PEN(100)), pen(1, one))
    expect(note).toBe('stream Ink: it has one time for many frames, which are counted at 100 Hz')
    expect(recording).toMatchObject({ signal: { rateHz: 100, frames: 120 } })
  })

  it('are spread where each batch has one time', async () => {
    const batches = Array.from({ length: 100 }, (_, frame) => 100 + Math.floor(frame / 10) / 10)
    const [note, recording] = await read(header(1, PEN(0)), pen(1, batches))
    expect(note).toBe('stream Ink: its frames came in batches with one time each and were spread evenly')
    const { rateHz, deviceMicros } = (recording as ExchangeRecording).signal
    expect(rateHz).toBe(100)
    expect(deviceMicros.every((time, i) => Math.abs(time - (99.91e6 + i * 1e4)) < 1)).toBe(true)
  })

  it('part the stream where its clock began anew or jumped, each part with its own markers', async () => {
    const parted = 'stream Ink: its clock began anew or jumped once, and it was parted there'
    const reset = await read(
      header(1, PEN(100)),
      header(2, WORDS),
      markers(2, [5001, 'Haus'], [2, 'Baum']),
      pen(1, [...at(5000, 400), ...at(0, 600)]),
    )
    expect(rates(reset)).toEqual([parted, ['Haus', 300, 100, []], ['Baum', 400, 100, []]])
    const ahead = await read(header(1, PEN(100)), pen(1, [...at(0, 100), ...at(430_000, 500)]))
    expect(rates(ahead)).toEqual([parted, [null, 100, 100, []], [null, 500, 100, []]])
  })

  it('never give a rate that no pen has', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: 0, max: 1e6 }), { minLength: 1, maxLength: 40 }),
        fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e12 })),
        async (times, rateHz) => {
          for (const each of await read(header(1, PEN(rateHz)), pen(1, times)))
            if (typeof each !== 'string') expect(isRate(each.signal.rateHz)).toBe(true)
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('the clocks of two machines in an XDF file', () => {
  it('become the one of the recorder by the offset of each stream', async () => {
    const file = (...offsets: Buffer[]) => [
      header(1, PEN(100)),
      header(2, WORDS),
      ...offsets,
      markers(2, [haus - 20, 'Haus'], [maus - 20, 'Maus']),
      pen(
        1,
        seconds.map((time) => time + 1000),
      ),
    ]
    const found = await read(...file(clock(1, 1051, -1000), clock(2, 31, 20)))
    expect(cuts(found)).toEqual([
      ['Haus', 51, 100],
      ['Maus', 151, 149],
    ])
    expect((found[0] as ExchangeRecording).signal.deviceMicros[0]).toBeCloseTo(50.51e6, 3)
    // Without the offsets the pen would be a quarter of an hour late, and all of it one word.
    expect(cuts(await read(...file()))).toEqual([
      'stream Ink, marker "Haus": has no frames in its time',
      ['Maus', 0, 300],
    ])
  })

  it('drift apart along a line, which a late packet hardly bends', async () => {
    // A minute at 10 Hz; the pen's clock loses two seconds in a hundred against the recorder's.
    const onPen = (time: number) => 1000 + (time - 50) * 0.98
    const minute = Array.from({ length: 600 }, (_, frame) => 50 + frame / 10)
    const measured = Array.from({ length: 12 }, (_, at) => 52 + at * 5).map((time, at) =>
      clock(1, onPen(time), time - onPen(time) + (at === 4 ? 0.3 : 0)),
    )
    const found = await read(
      header(1, PEN(10)),
      header(2, WORDS),
      markers(2, [80.05, 'Haus'], [100.05, 'Maus']),
      pen(1, minute.map(onPen)),
      ...measured,
    )
    expect(cuts(found)).toEqual([
      ['Haus', 301, 200],
      ['Maus', 501, 99],
    ])
    const { deviceMicros } = (found[1] as ExchangeRecording).signal
    expect(Math.abs(deviceMicros[0]! - 100.1e6)).toBeLessThan(50)
    expect(Math.abs(deviceMicros.at(-1)! - 109.9e6)).toBeLessThan(50)
  })

  it('are followed by the line of least Huber loss that scipy finds', () => {
    const offsets = [-37.2476, -37.24657, -37.24564, -37.22458, -37.2436, -37.24261, -37.241575, -37.241035, -37.239585]
    const offsetAt = offsetsOf(offsets.map((offset, at) => ({ time: 812 + 5 * at, offset })))
    // scipy.optimize.minimize of the Huber loss beyond 0.1 ms; Nelder-Mead and Powell agree.
    const golden: [number, number][] = [
      [812, -37.247574277],
      [832, -37.243598902],
      [852, -37.239623526],
      [1000, -37.210205746],
    ]
    for (const [time, offset] of golden) expect(offsetAt(time)).toBeCloseTo(offset, 8)
  })

  it('leave the words out where a machine was started anew meanwhile', async () => {
    const file = (...offsets: Buffer[]) => [
      header(1, PEN(100)),
      header(2, WORDS),
      markers(2, [haus, 'Haus']),
      pen(1, seconds),
      ...offsets,
    ]
    const anew = (id: number) => [clock(id, 45, 0.001), clock(id, 50, 0.002), clock(id, 2, 53), clock(id, 7, 53)]
    expect(await read(...file(...anew(1)))).toEqual(['stream Ink: its clock began anew while it was recorded'])
    expect(await read(...file(...anew(2)))).toEqual([
      'stream Ink: the clock of its markers began anew while they were recorded',
    ])
  })

  it('have the measurements of their own on both sides of a start', async () => {
    const times = [
      ...Array.from({ length: 500 }, (_, i) => 1000 + i / 100),
      ...Array.from({ length: 500 }, (_, i) => i / 100),
    ]
    const offsets = [clock(1, 1000, -900), clock(1, 1004, -900), clock(1, 1, 105), clock(1, 4, 105)]
    const [whole] = await read(header(1, PEN(100)), pen(1, times), ...offsets)
    const { deviceMicros, gaps, rateHz } = (whole as ExchangeRecording).signal
    expect({ gaps, rateHz }).toEqual({ gaps: [], rateHz: 100 })
    expect(deviceMicros.every((time, i) => Math.abs(time - (100e6 + i * 1e4)) < 1)).toBe(true)
  })

  it('are refused by name where an offset is no number or breaks off', async () => {
    await expect(read(header(1, PEN(100)), clock(1, 50, NaN))).rejects.toMatchObject({
      code: 'decode-failed',
      message: expect.stringMatching(/lab\.xdf has a clock offset that is no number/),
    })
    await expect(read(header(1, PEN(100)), chunk(4, u32(1), f64(50)))).rejects.toMatchObject({
      code: 'decode-failed',
      message: expect.stringMatching(/lab\.xdf breaks off/),
    })
  })
})
