import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import * as v from 'valibot'
import { KalamosError } from '../../../shared/errors.ts'
import { type Channel, type Signal, UNITS, type Unit } from '../../../shared/signal.ts'

/** One line of an NDJSON file of sensor recordings. */
const Line = v.object({
  id: v.string(),
  writer: v.string(),
  label: v.string(),
  device: v.optional(v.string(), 'unknown'),
  rate_hz: v.pipe(v.number(), v.minValue(0.1), v.maxValue(100_000)),
  channels: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(64)),
  units: v.array(v.string()),
  samples: v.array(v.array(v.pipe(v.number(), v.finite()))),
  t_ms: v.optional(v.array(v.pipe(v.number(), v.finite()))),
})

/** A recording as such a file holds it, in the names and units of this app. */
export interface SensorRecording {
  id: string
  writer: string
  label: string
  device: string
  signal: Signal
}

export type NdjsonEntry = { line: number; recording: SensorRecording } | { line: number; reason: string }

/**
 * Reads sensor recordings line by line, gzipped or not; lines that do not fit come with the reason.
 * Throws `not-found` or `device-denied` for the file itself, `decode-failed` where the compressed data are damaged.
 */
export async function* readNdjson(path: string): AsyncGenerator<NdjsonEntry> {
  const gzipped = await beginsWithGzip(path)
  const file = createReadStream(path)
  const lines = createInterface({ input: gzipped ? file.pipe(createGunzip()) : file, crlfDelay: Infinity })
  let line = 0
  try {
    for await (const text of lines) {
      line++
      if (text.trim() !== '') yield { line, ...parseLine(text) }
    }
  } catch (error) {
    throw new KalamosError('decode-failed', `${path} is damaged after line ${line}.`, 'Copy or download the file again.', { cause: error })
  } finally {
    lines.close()
    file.destroy()
  }
}

async function beginsWithGzip(path: string): Promise<boolean> {
  try {
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
      return bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b
    } finally {
      await file.close()
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT') throw new KalamosError('not-found', `There is no file ${path}.`, 'Check the path.', { cause: error })
    if (code === 'EISDIR') throw new KalamosError('invalid-input', `${path} is a folder.`, 'Name a file of recordings.', { cause: error })
    throw new KalamosError('device-denied', `${path} cannot be read.`, 'Give this account the right to read it.', { cause: error })
  }
}

function parseLine(text: string): { recording: SensorRecording } | { reason: string } {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { reason: 'is no JSON' }
  }
  const result = v.safeParse(Line, json)
  if (!result.success) return { reason: result.issues.map((issue) => `${v.getDotPath(issue) ?? 'line'}: ${issue.message}`).slice(0, 3).join('; ') }
  const { id, writer, label, device, samples, channels, units, t_ms: times } = result.output
  const width = channels.length
  if (units.length !== width) return { reason: `has ${width} channels but ${units.length} units` }
  if (samples.length === 0) return { reason: 'has no samples' }
  const ragged = samples.findIndex((row) => row.length !== width)
  if (ragged >= 0) return { reason: `sample ${ragged} has ${samples[ragged]!.length} values for ${width} channels` }
  if (times && times.length !== samples.length) return { reason: `has ${samples.length} samples but ${times.length} times` }
  const signal: Signal = {
    channels: channels.map((name, index) => channelOf(name, units[index]!)),
    rateHz: result.output.rate_hz,
    frames: samples.length,
    values: Float32Array.from(samples.flat()),
    deviceMicros: Float64Array.from(samples, (_, index) => (times ? times[index]! * 1000 : NaN)),
    hostMillis: new Float64Array(samples.length).fill(NaN),
    gaps: [],
  }
  return { recording: { id, writer, label, device, signal } }
}

/** Names and units of this app: a lone accelerometer is acc1; what is no physical unit is a count. */
function channelOf(name: string, unit: string): Channel {
  return { name: name.replace(/^acc_/, 'acc1_'), unit: UNITS.includes(unit as Unit) ? (unit as Unit) : 'count' }
}
