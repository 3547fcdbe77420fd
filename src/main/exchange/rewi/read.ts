import { join, normalize, isAbsolute } from 'node:path'
import * as v from 'valibot'
import type { SaidEncoding } from '../../../shared/encoding.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { PEN_CHANNELS, UNITS, type Channel } from '../../../shared/signal.ts'
import { foreignSize, readForeign } from '../../files/foreign-file.ts'
import { decodeText } from '../../files/text/decode.ts'
import { faultIn } from '../../../shared/value-fault.ts'
import { boundedLines } from '../bounded-lines.ts'
import { NO_CALIBRATION } from '../digipen/calibration.ts'
import { ASSUMED, conversions } from '../digipen/counts.ts'
import { parseFields, reasonOf, recordingOf } from '../fields.ts'
import { Frames } from '../frames.ts'
import { parseNumber } from '../number-text.ts'
import { exists, kindOf } from '../places.ts'
import type { Entry, ExchangeRecording } from '../recording.ts'
import { DIVISIONS, sessionKey } from './write.ts'

const JSON_BYTES_MAX = 512 * 1024 * 1024

const Annotation = v.object({
  filename: v.string(),
  label: v.string(),
  id_writer: v.optional(v.union([v.string(), v.number()])),
  writer: v.optional(v.union([v.string(), v.number()])),
  rate_sample_orig: v.optional(v.number()),
  kalamos: v.optional(v.unknown()),
})
type Annotation = v.InferOutput<typeof Annotation>

const Info = v.object({
  num_channel: v.optional(v.number()),
  rate_sample_target: v.optional(v.number()),
  virtual: v.optional(v.boolean(), false),
  reenacted: v.optional(v.boolean(), false),
  channels: v.optional(v.array(v.object({ name: v.string(), unit: v.picklist(UNITS) }))),
  session_profiles: v.optional(v.record(v.string(), v.nullable(v.string())), {}),
  session_texts: v.optional(v.record(v.string(), v.record(v.string(), v.unknown())), {}),
})
const List = v.object({ info: v.optional(Info, {}), annotations: v.record(v.string(), v.array(v.unknown())) })

/** The folders of sets at a path: itself, or the divisions of an export of Kalamos. */
export async function setsIn(path: string): Promise<string[]> {
  const candidates = [path, join(path, DIVISIONS.writers), join(path, DIVISIONS.holdout)]
  const found: string[] = []
  for (const folder of candidates) if (await exists(join(folder, 'val.json'))) found.push(folder)
  return found
}

/**
 * Reads a set in the layout of REWI: training and validation of its first fold, which together are all of it.
 * Sets of others hold counts of a DigiPen, without times or gaps. Throws `not-found`, `invalid-input`, `decode-failed`.
 */
export async function* readRewi(path: string, encoding?: SaidEncoding): AsyncGenerator<Entry> {
  const sets = (await kindOf(path)) === 'folder' ? await setsIn(path) : []
  if (sets.length === 0)
    throw new KalamosError(
      'invalid-input',
      `${path} has no val.json: it is no set in the layout of REWI.`,
      'Name the folder that holds train.json, val.json and data.',
    )
  for (const [index, folder] of sets.entries()) {
    for await (const entry of readSet(folder, encoding)) yield { ...entry, share: (index + entry.share) / sets.length }
  }
}

async function* readSet(folder: string, encoding: SaidEncoding | undefined): AsyncGenerator<Entry> {
  const seen = new Set<string>()
  const val = await listAt(join(folder, 'val.json'), encoding)
  const isOwn = val.info.channels !== undefined
  const train =
    !isOwn && (await exists(join(folder, 'train.json'))) ? await listAt(join(folder, 'train.json'), encoding) : null
  // In a set of Kalamos every recording is validated on once; in others, one fold has all.
  const fold = Object.keys(val.annotations)[0] ?? '0'
  const annotations = isOwn
    ? Object.values(val.annotations).flat()
    : [...(val.annotations[fold] ?? []), ...(train?.annotations[fold] ?? [])]
  for (const [index, value] of annotations.entries()) {
    const parsed = v.safeParse(Annotation, value)
    const share = (index + 1) / annotations.length
    if (!parsed.success)
      yield { where: `annotation ${index}`, share, reason: `is no annotation: ${reasonOf(parsed.issues[0])}` }
    else if (!seen.has(parsed.output.filename)) {
      seen.add(parsed.output.filename)
      yield { where: parsed.output.filename, share, ...(await recordingAt(folder, parsed.output, val.info)) }
    }
  }
}

/** The folds of a set, by name, and whether its recordings are virtual. Throws what `readRewi` throws. */
export async function foldsOfRewi(folder: string): Promise<{ folds: string[]; virtual: boolean }> {
  const { annotations, info } = await listAt(join(folder, 'val.json'))
  return { folds: Object.keys(annotations), virtual: info.virtual }
}

/** What a fold trains or validates on. Writers bear the numbers of the lists, which both of its lists share. */
export async function* readRewiFold(folder: string, division: 'train' | 'val', fold: string): AsyncGenerator<Entry> {
  const { annotations, info } = await listAt(join(folder, `${division}.json`))
  const own = annotations[fold] ?? []
  for (const [index, value] of own.entries()) {
    const parsed = v.safeParse(Annotation, value)
    const share = (index + 1) / own.length
    if (!parsed.success)
      yield { where: `annotation ${index}`, share, reason: `is no annotation: ${reasonOf(parsed.issues[0])}` }
    else
      yield {
        where: parsed.output.filename,
        share,
        ...(await recordingAt(folder, { ...parsed.output, kalamos: undefined }, info)),
      }
  }
}

async function listAt(path: string, encoding?: SaidEncoding): Promise<v.InferOutput<typeof List>> {
  if (foreignSize(path) > JSON_BYTES_MAX)
    throw new KalamosError(
      'invalid-input',
      `${path} is larger than any list of recordings.`,
      'Check where it came from.',
    )
  const text = decodeText(path, readForeign(path, JSON_BYTES_MAX), encoding)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    if (error instanceof KalamosError) throw error
    throw new KalamosError('decode-failed', `${path} is no JSON, or breaks off.`, 'Copy or download it again.', {
      cause: error,
    })
  }
  const result = v.safeParse(List, json)
  if (result.success) return result.output
  throw new KalamosError(
    'invalid-input',
    `${path} is no list of annotations: ${faultIn(result.issues[0], 'it')}.`,
    'It needs annotations by fold, as the layout of REWI has them.',
  )
}

async function recordingAt(
  folder: string,
  annotation: Annotation,
  info: v.InferOutput<typeof Info>,
): Promise<{ recording: ExchangeRecording } | { reason: string }> {
  const { filename, label, id_writer, writer, rate_sample_orig } = annotation
  const inside = await placeWithin(folder, filename)
  if (isAbsolute(inside) || inside.startsWith('..')) return { reason: 'lies outside of the folder' }
  const place = join(folder, inside)
  if (!(await exists(place))) return { reason: 'is not there' }
  const channels = info.channels ?? PEN_CHANNELS
  const frames = await framesAt(place, channels, info.channels !== undefined)
  if (frames.fault !== null || frames.count === 0) return { reason: frames.fault ?? 'has no samples' }
  const name = String(writer ?? id_writer ?? 'REWI, writer not stated')
  const own = typeof annotation.kalamos === 'object' && annotation.kalamos !== null ? annotation.kalamos : null
  const rate = rate_sample_orig ?? info.rate_sample_target ?? 100
  const about = own ?? {
    id: `rewi ${name}`,
    writer: `rewi-${name}`,
    device: 'DigiPen',
    virtual: info.virtual,
    reenacted: info.reenacted,
    session: 'rewi',
  }
  const texts = own === null ? {} : info.session_texts[sessionKey(own)]
  const parsed = parseFields({ rate_hz: rate, ...about, ...texts, label })
  if ('reason' in parsed) return parsed
  const profile =
    own === null
      ? JSON.stringify({ source: 'REWI', assumed: ASSUMED, calibration: [] })
      : (info.session_profiles[sessionKey(parsed.fields)] ?? null)
  return {
    recording: recordingOf(
      { ...parsed.fields, session_profile: profile },
      frames.signal(channels, parsed.fields.rate_hz),
    ),
  }
}

/**
 * A path of a list as this system writes it: lists made on Windows have backslashes, unless a file is called like that
 * here.
 */
async function placeWithin(folder: string, filename: string): Promise<string> {
  const inside = normalize(filename)
  if (!filename.includes('\\') || (await exists(join(folder, inside)))) return inside
  return normalize(filename.replaceAll('\\', '/'))
}

/** A table of thirteen columns without a heading; counts become units unless the set says what its columns are in. */
async function framesAt(path: string, channels: readonly Channel[], inUnits: boolean): Promise<Frames> {
  const conversion = conversions(NO_CALIBRATION)
  const frames = new Frames(channels.length)
  for await (const { line, text } of boundedLines(path, { lineBytes: 1 << 16, ratio: 200, ratioFromBytes: 1 << 26 })) {
    if (text?.trim() === '') continue
    const cells = (text ?? '').split(';')
    const values = cells.map((cell) => parseNumber(cell.trim()))
    if (cells.length !== channels.length || values.includes(undefined)) {
      frames.refuse(
        /\d,\d/.test(text ?? '')
          ? `line ${line} has commas before its fractions`
          : `line ${line} does not hold ${channels.length} numbers`,
      )
      break
    }
    const numbers = values as number[]
    frames.add(inUnits ? numbers : numbers.map((count, at) => (count - conversion[at]!.bias) * conversion[at]!.step), {
      deviceMicros: NaN,
      hostMillis: NaN,
      lost: 0,
    })
  }
  return frames
}
