import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KalamosError } from '../../../shared/errors.ts'
import type { Signal } from '../../../shared/signal.ts'
import { partsOfColumn } from '../channel-columns.ts'
import { parseChannels, parseFields, recordingOf } from '../fields.ts'
import { FileBytes } from '../file-bytes.ts'
import type { Entry } from '../recording.ts'
import { FIELD_FLAGS, FIELD_NUMBERS, FIELD_TEXTS, SHARED_TEXTS } from './members.ts'
import { floats32, numberAt, numbers, readMember, rowsThere, textAt, wrong, type NpyMember } from './npy.ts'
import { openMember, readMembers, type ZipLimits } from './zip-read.ts'

const NEEDED = ['values', 'offsets', 'columns', 'writer', 'rate_hz'] as const
const KNOWN: ReadonlySet<string> = new Set([
  ...NEEDED,
  ...FIELD_TEXTS,
  ...FIELD_NUMBERS,
  ...Object.entries(SHARED_TEXTS).flat(),
  ...[...FIELD_FLAGS, 'channel_lists', 'channel_list', 'device_us', 'host_ms', 'lost_before'],
])

/** Arrays with an element a frame: where the file breaks off in one, the recordings before that are whole. */
const PER_FRAME: ReadonlySet<string> = new Set(['values', 'device_us', 'host_ms', 'lost_before'])

/** Of the arrays of a file that is another, so many are named. */
const NAMED_MOST = 8

/**
 * Reads the arrays that Kalamos writes, packed or not; only `values`, `offsets`, `columns`, `writer` and `rate_hz` must
 * be there. Of a file that breaks off in its samples the recordings before that come in.
 */
export async function* readNpz(path: string, limits?: ZipLimits, scratch = tmpdir()): AsyncGenerator<Entry> {
  const file = new FileBytes(path)
  await mkdir(scratch, { recursive: true })
  const folder = await mkdtemp(join(scratch, 'kalamos-npz-'))
  const opened: FileBytes[] = []
  try {
    const members = new Map<string, NpyMember>()
    const { members: listed, broken } = await readMembers(file, limits)
    const take = async (wanted: (name: string) => boolean): Promise<void> => {
      for (const member of listed) {
        const name = member.name.replace(/\.npy$/, '')
        // What nobody asks for is not unpacked, nor anything twice.
        if (name === member.name || members.has(name) || !wanted(name)) continue
        if (member.cut && !PER_FRAME.has(name)) continue
        const place = await openMember(file, member, folder)
        if (place.file !== file) opened.push(place.file)
        members.set(name, readMember(name, place))
      }
    }
    await take((name) => KNOWN.has(name))
    const missing = NEEDED.filter((name) => !members.has(name))
    // What Kalamos wrote says of each recording whether it is a simulation; without that it could pass for a real one.
    const unclear = members.has('session_origin') && !members.has('virtual')
    if (broken !== null && missing.length > 0) throw missingBehind(file, missing)
    if (broken !== null && unclear) throw broken
    if (missing.length > 0) {
      await take(() => members.size < NAMED_MOST)
      const there = [...members.values()]
        .slice(0, NAMED_MOST)
        .map(({ name, type, shape }) => `${name} (${type}, ${shape.join(' x ') || 'one value'})`)
      throw new KalamosError(
        'invalid-input',
        `${path} has no array ${missing.join(', ')}; it has ${there.join(', ') || 'none'}.`,
        'Kalamos reads the arrays that are listed in docs/formats.md; save them with these names.',
      )
    }
    const { count, whole, entries } = recordingsOf(path, members)
    if (whole === 0 && broken !== null) throw broken
    yield* entries
    const end = { where: 'the end of the file', share: 1 }
    if (whole < count)
      yield { ...end, reason: `${whole} of ${count} recordings came in; it breaks off at byte ${file.size}` }
    else if (broken !== null)
      yield {
        ...end,
        reason: `it breaks off behind the array ${[...members.keys()].at(-1)!}; what is whole before came in`,
      }
  } finally {
    for (const each of [file, ...opened]) each.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function missingBehind({ path, size }: FileBytes, missing: readonly string[]): KalamosError {
  return new KalamosError(
    'decode-failed',
    `${path} breaks off at byte ${size}, before the array ${missing.join(', ')}.`,
    'Copy or download the file again.',
  )
}

/** How many recordings a file has, how many of them are whole, and those, one after the other. */
function recordingsOf(
  path: string,
  members: Map<string, NpyMember>,
): { count: number; whole: number; entries: Iterable<Entry> } {
  const get = (name: string): NpyMember => members.get(name)!
  const [frames = 0] = get('values').shape
  const offsets = offsetsOf(get('offsets'), get('writer'), frames)
  const count = offsets.length - 1
  if (
    count < 1 ||
    offsets[0] !== 0 ||
    offsets.at(-1) !== frames ||
    offsets.some((at, index) => index > 0 && at < offsets[index - 1]!)
  )
    throw wrong(path, 'offsets', 'it does not part the frames of values')
  const there = [...members.values()]
    .filter(({ name }) => PER_FRAME.has(name))
    .reduce((least, member) => Math.min(least, rowsThere(member)), frames)
  const whole = there === frames ? count : offsets.findLastIndex((end) => end <= there)
  return { count, whole, entries: entriesOf(members, offsets, whole) }
}

function* entriesOf(members: Map<string, NpyMember>, offsets: readonly number[], whole: number): Generator<Entry> {
  const width = members.get('values')!.shape[1] ?? 0
  const columns = Array.from({ length: width }, (_, at) => textAt(members.get('columns')!, at))
  const lists = channelLists(members, columns)
  for (let index = 0; index < whole; index++) {
    const place = { where: `recording ${index}`, share: (index + 1) / (offsets.length - 1) }
    const list = lists(index)
    if ('reason' in list) {
      yield { ...place, reason: list.reason }
      continue
    }
    const parsed = parseFields(fieldsAt(members, index))
    if ('reason' in parsed) yield { ...place, reason: parsed.reason }
    else
      yield {
        ...place,
        recording: recordingOf(
          parsed.fields,
          signalAt(members, offsets[index]!, offsets[index + 1]!, width, list, parsed.fields.rate_hz),
        ),
      }
  }
}

/** Where each recording begins, and the last one ends: others leave the end out. */
function offsetsOf(offsets: NpyMember, { shape: [writers] }: NpyMember, frames: number): number[] {
  const begins = [...numbers(offsets, 0, offsets.shape[0] ?? 0)]
  return begins.length === writers && begins.at(-1) !== frames ? [...begins, frames] : begins
}

interface ChannelList {
  positions: number[]
  channels: Signal['channels']
  scales: number[]
}

/** Which columns a recording has, in its own order; all of them where the file does not say. */
function channelLists(
  members: Map<string, NpyMember>,
  columns: readonly string[],
): (index: number) => ChannelList | { reason: string } {
  const parts = columns.map((column) => partsOfColumn(column) ?? { name: column, unit: 'count' })
  const read = (positions: number[]): ChannelList | { reason: string } => {
    if (positions.some((at) => at < 0 || at >= columns.length)) return { reason: 'has a channel that is no column' }
    const known = parseChannels(
      positions.map((at) => parts[at]!.name),
      positions.map((at) => parts[at]!.unit),
    )
    return 'reason' in known ? known : { positions, ...known }
  }
  const [lists, listOf] = [members.get('channel_lists'), members.get('channel_list')]
  if (lists === undefined || listOf === undefined) {
    const all = read(columns.map((_, at) => at))
    return () => all
  }
  const [rows = 0, longest = 0] = lists.shape
  const known = Array.from({ length: rows }, (_, row) =>
    read([...numbers(lists, row * longest, longest)].filter((at) => at !== -1)),
  )
  return (index) => known[numberAt(listOf, index)] ?? { reason: 'has a list of channels that is not there' }
}

function fieldsAt(members: Map<string, NpyMember>, index: number): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const name of FIELD_TEXTS) {
    const member = members.get(name)
    if (member !== undefined) fields[name] = textAt(member, index)
  }
  for (const name of FIELD_NUMBERS) {
    const member = members.get(name)
    const value = member === undefined ? NaN : numberAt(member, index)
    if (!Number.isNaN(value)) fields[name] = value
  }
  for (const name of FIELD_FLAGS) {
    const member = members.get(name)
    if (member !== undefined) fields[name] = numberAt(member, index) === 1
  }
  for (const [name, shared] of Object.entries(SHARED_TEXTS)) {
    const [texts, which] = [members.get(shared), members.get(name)]
    if (texts !== undefined && which !== undefined) fields[name] = textAt(texts, numberAt(which, index))
  }
  return fields
}

function signalAt(
  members: Map<string, NpyMember>,
  from: number,
  to: number,
  width: number,
  { positions, channels, scales }: ChannelList,
  rateHz: number,
): Signal {
  const frames = to - from
  const table = floats32(members.get('values')!, from * width, frames * width)
  const values = new Float32Array(frames * positions.length)
  for (const [at, column] of positions.entries()) {
    for (let frame = 0; frame < frames; frame++)
      values[frame * positions.length + at] = table[frame * width + column]! * scales[at]!
  }
  const times = (name: string): Float64Array => {
    const member = members.get(name)
    return member === undefined ? new Float64Array(frames).fill(NaN) : numbers(member, from, frames)
  }
  const lost = members.get('lost_before')
  const gaps =
    lost === undefined
      ? []
      : [...numbers(lost, from, frames)].flatMap((count, at) => (count === 0 ? [] : [{ at, lost: count >>> 0 }]))
  return { channels, rateHz, frames, values, deviceMicros: times('device_us'), hostMillis: times('host_ms'), gaps }
}
