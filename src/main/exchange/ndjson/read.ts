import * as v from 'valibot'
import type { Signal } from '../../../shared/signal.ts'
import { foreignSize } from '../../files/foreign-file.ts'
import { BreaksOff, CUT, notUtf8, rawLines, utf8 } from '../bounded-lines.ts'
import { FRAMES_MAX } from '../frames.ts'
import { parseChannels, parseFields, reasonOf, recordingOf } from '../fields.ts'
import type { ReadOptions } from '../format-codec.ts'
import type { Entry, ExchangeRecording } from '../recording.ts'

const Finite = v.pipe(v.number(), v.finite())
/** JSON has no word for what is not finite; these stand for it. */
const Value = v.union([Finite, v.picklist(['NaN', 'Infinity', '-Infinity'])])
const Times = v.optional(v.array(v.nullable(Finite)))
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** The samples of a line, beside its fields. */
const Samples = v.object({
  channels: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(64)),
  units: v.array(v.string()),
  samples: v.array(v.array(Value)),
  /** The pen's clock in ms, or in µs where ms do not tell it exactly. */
  t_ms: v.optional(v.array(Finite)),
  device_us: Times,
  /** Arrival, ms since 1970. */
  host_ms: Times,
  /** Pairs of a frame and how many were lost before it. */
  gaps: v.optional(v.array(v.strictTuple([Count, v.pipe(Count, v.minValue(1), v.maxValue(0xffffffff))])), []),
})

/**
 * Reads sensor recordings line by line, gzipped or not, with bounded memory. Of a packed file that ends too early the
 * lines before that come in. Throws what `boundedLines` throws for the file as a whole.
 */
export async function* readNdjsonEntries(
  path: string,
  { limits, encoding }: Pick<ReadOptions, 'limits' | 'encoding'> = {},
): AsyncGenerator<Entry & { line: number; read: number }> {
  const total = foreignSize(path)
  let [next, whole] = [1, false]
  try {
    for await (const { line, bytes, read } of rawLines(path, limits, encoding)) {
      const place = { line, read, where: `line ${line}`, share: Math.min(1, read / total) }
      next = line + 1
      if (bytes === null) yield { ...place, reason: 'is too long' }
      else if (bytes.some((byte) => byte > SPACE)) {
        const entry = parseLine(await textOf(path, bytes))
        whole ||= 'recording' in entry
        yield { ...place, ...entry }
      }
    }
  } catch (error) {
    if (!(error instanceof BreaksOff) || !whole) throw error
    yield { line: next, read: total, where: `line ${next}`, share: 1, reason: CUT }
  }
}

const SPACE = 0x20

/**
 * A line as text. Where only its words are not UTF-8, the file is in another encoding and not damaged: throws
 * `not-utf8`.
 */
async function textOf(path: string, bytes: Buffer): Promise<string> {
  const text = utf8(bytes)
  if (text !== undefined) return text
  const plain = bytes.toString('latin1')
  if (isJson(plain)) throw await notUtf8(path, bytes)
  return plain
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** One line as a recording, or why it is none. */
function parseLine(text: string): { recording: ExchangeRecording } | { reason: string } {
  const swollen = swollenBy(text)
  if (swollen !== null) return { reason: swollen }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { reason: 'is no JSON' }
  }
  const fields = parseFields(json)
  if ('reason' in fields) return fields
  const result = v.safeParse(Samples, json, { abortEarly: true })
  if (!result.success) return { reason: reasonOf(result.issues[0]) }
  const signal = signalOf(result.output, fields.fields.rate_hz)
  return 'reason' in signal ? signal : { recording: recordingOf(fields.fields, signal.signal) }
}

/** Shorter lines cannot grow to much. */
const SCANNED_FROM = 1 << 20
const DEPTH_MAX = 100
/** Brackets and braces that close come two places after those that open. */
const [QUOTE, BACKSLASH, LIST, OBJECT] = [0x22, 0x5c, 0x5b, 0x7b]

/**
 * Why a line would take far more memory than it is long: a list or an object takes two letters in JSON, and some
 * hundred bytes of memory. Null for what may be parsed.
 */
function swollenBy(text: string): string | null {
  if (text.length < SCANNED_FROM) return null
  let [depth, parts] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at)
    if (letter === QUOTE) {
      at = endOfString(text, at)
    } else if (letter === LIST || letter === OBJECT) {
      if (++parts > FRAMES_MAX) return `has more than ${FRAMES_MAX} rows`
      if (++depth > DEPTH_MAX) return 'is nested too deep'
    } else if (letter === LIST + 2 || letter === OBJECT + 2) depth--
  }
  return null
}

/** Where the string that begins at a quote ends. */
function endOfString(text: string, quote: number): number {
  let at = quote + 1
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1
  return at
}

function signalOf(line: v.InferOutput<typeof Samples>, rateHz: number): { signal: Signal } | { reason: string } {
  const { samples, t_ms, device_us, host_ms, gaps } = line
  const known = parseChannels(line.channels, line.units)
  if ('reason' in known) return known
  const { channels, scales } = known
  const [width, frames] = [channels.length, samples.length]
  if (frames === 0) return { reason: 'has no samples' }
  const ragged = samples.findIndex((row) => row.length !== width)
  if (ragged !== -1) return { reason: `sample ${ragged} has ${samples[ragged]!.length} values for ${width} channels` }
  for (const times of [t_ms, device_us, host_ms]) {
    if (times !== undefined && times.length !== frames)
      return { reason: `has ${frames} samples but ${times.length} times` }
  }
  if (gaps.some(([at], index) => at >= frames || (index > 0 && at <= gaps[index - 1]![0])))
    return { reason: 'gaps: are out of order or behind the end' }

  const values = new Float32Array(frames * width)
  samples.forEach((row, frame) =>
    row.forEach((value, at) => (values[frame * width + at] = Number(value) * scales[at]!)),
  )
  const micros = device_us ?? t_ms?.map((ms) => ms * 1000)
  return {
    signal: {
      channels,
      rateHz,
      frames,
      values,
      deviceMicros: timesOf(micros, frames),
      hostMillis: timesOf(host_ms, frames),
      gaps: gaps.map(([at, lost]) => ({ at, lost })),
    },
  }
}

function timesOf(times: readonly (number | null)[] | undefined, frames: number): Float64Array {
  return Float64Array.from({ length: frames }, (_, frame) => times?.[frame] ?? NaN)
}
