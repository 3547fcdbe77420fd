import { isRate, RATES_HZ, type Gap, type Signal } from '../../shared/signal.ts'
import { LONGEST_GAP_S, runningTimes, usualStep } from '../signal/times.ts'
import { inBatches, isSteady, spread, stretchesOf, unwrapped } from './clock-course.ts'

/** A declared rate that the times contradict by more than this share is replaced by theirs. */
const RATE_OFF = 0.05
/** Fewer frames tell no rate; one that is declared is then believed. */
const FEWEST_FRAMES = 10
/** From this many usual steps on, frames are missing. */
const GAP_FROM = 1.5
/** A longer step is a pause, and says nothing about the rate of frames that come unevenly (µs). */
const PAUSE_MICROS = 1e6
const NO_RATE = 'has no rate that a pen can have, and no times that would tell one'

/** A signal with times that run and a rate that is one; in parts where its clock began anew. */
export interface CheckedTiming {
  /** `first` is the frame of the whole signal that a part begins with. */
  parts: { signal: Signal; first: number }[]
  /** What a person should know: how it differs from what the file says. */
  notes: string[]
}

/**
 * The one check of times and rates that recordings of others pass. The rate is that of the usual step between frames,
 * and replaces a declared one that it contradicts; pauses become gaps; a counter that wrapped is set straight; batches
 * that have one time are spread; a clock that began anew parts the recording, as does a jump ahead in what is no single
 * word. No signal comes out with a rate outside of `RATES_HZ`.
 */
export function checkedTiming(signal: Signal, isWord: boolean): CheckedTiming | { reason: string } {
  const { deviceMicros, frames, rateHz } = signal
  if (frames === 0 || !Number.isFinite(deviceMicros[0])) return counted(signal, [], NO_RATE)
  const notes: string[] = []
  const { times, wraps } = unwrapped(deviceMicros, usualStep(deviceMicros))
  if (wraps > 0) notes.push(`its clock started over ${often(wraps)} and was set straight`)
  const running = inBatches(times) ? null : runningTimes(times)
  if (running !== null) {
    if (running.jumps.length > 0)
      notes.push(
        `its clock was out of line at ${running.jumps.length} of ${frames} frames, which have the times of ` +
          'their neighbours now',
      )
    return parted({ ...signal, deviceMicros: running.times }, isWord, notes)
  }
  const stretches = stretchesOf(times)
  if (stretches.length > 1 && stretches.length <= frames / FEWEST_FRAMES)
    return parted({ ...signal, deviceMicros: times }, isWord, notes)
  const even = stretches.length === 1 ? spread(times) : null
  if (even !== null) {
    notes.push('its frames came in batches with one time each and were spread evenly')
    return one({ ...signal, deviceMicros: even }, notes)
  }
  const untimed = { ...signal, deviceMicros: new Float64Array(frames).fill(NaN) }
  if (stretches.length === 1) notes.push(`it has one time for many frames, which are counted at ${round(rateHz)} Hz`)
  else notes.push(`it has times that do not rise, so its frames are counted at ${round(rateHz)} Hz`)
  return counted(
    untimed,
    notes,
    stretches.length === 1 ? 'has one time for many frames, and no rate' : 'has times that do not rise, and no rate',
  )
}

/** Without times, all rests on the declared rate. */
function counted(signal: Signal, notes: string[], reason: string): CheckedTiming | { reason: string } {
  return signal.frames === 0 || isRate(signal.rateHz) ? { parts: [{ signal, first: 0 }], notes } : { reason }
}

function parted(signal: Signal, isWord: boolean, notes: string[]): CheckedTiming | { reason: string } {
  const bounds = stretchesOf(signal.deviceMicros)
  if (bounds.length === 1) return one(signal, notes)
  const ahead = bounds.find(([first]) => first > 0 && signal.deviceMicros[first]! > signal.deviceMicros[first - 1]!)
  if (isWord && ahead !== undefined)
    return {
      reason:
        `has a pause of ${seconds(signal.deviceMicros[ahead[0]]! - signal.deviceMicros[ahead[0] - 1]!)} s in it, ` +
        `before frame ${ahead[0]}`,
    }
  const parts: CheckedTiming['parts'] = []
  const told = [...notes, `its clock began anew or jumped ${often(bounds.length - 1)}, and it was parted there`]
  for (const [first, end] of bounds) {
    const sound = checkedTiming(cutSignal(signal, first, end), isWord)
    if ('reason' in sound) return sound
    parts.push(...sound.parts.map((part) => ({ signal: part.signal, first: first + part.first })))
    told.push(...sound.notes)
  }
  return { parts, notes: [...new Set(told)] }
}

function one(signal: Signal, notes: string[]): CheckedTiming | { reason: string } {
  const { deviceMicros, frames, rateHz } = signal
  const steady = isSteady(deviceMicros, usualStep(deviceMicros))
  const step = steady ? usualStep(deviceMicros) : stepWithoutPauses(deviceMicros)
  const measured = round(1e6 / step)
  const believed =
    isRate(rateHz) && (frames < FEWEST_FRAMES || !isRate(measured) || Math.abs(measured / rateHz - 1) <= RATE_OFF)
  const rate = believed ? rateHz : measured
  if (!isRate(rate))
    return {
      reason:
        frames < 2
          ? 'is too short to tell its rate, and declares none'
          : `has ${rate} samples a second; a pen has ${RATES_HZ.least} to ${RATES_HZ.most}`,
    }
  const told = [...notes]
  if (!believed && rateHz > 0 && Number.isFinite(rateHz))
    told.push(`it declares ${round(rateHz)} Hz, but its times say ${rate} Hz, which was taken`)
  const gaps = steady && signal.gaps.length === 0 ? gapsIn(deviceMicros, believed ? 1e6 / rateHz : step) : signal.gaps
  const longest = gaps === signal.gaps ? 0 : longestStep(deviceMicros)
  if (longest > LONGEST_GAP_S * 1e6) told.push(`it has a pause of ${seconds(longest)} s, which was kept as a gap`)
  return { parts: [{ signal: { ...signal, rateHz: rate, gaps }, first: 0 }], notes: told }
}

function gapsIn(times: Float64Array, step: number): Gap[] {
  const gaps: Gap[] = []
  for (let i = 1; i < times.length; i++) {
    const each = times[i]! - times[i - 1]!
    if (each > GAP_FROM * step) gaps.push({ at: i, lost: Math.max(1, Math.round(each / step) - 1) })
  }
  return gaps
}

function stepWithoutPauses(times: Float64Array): number {
  let [sum, count] = [0, 0]
  for (let i = 1; i < times.length; i++) {
    const each = times[i]! - times[i - 1]!
    if (each > PAUSE_MICROS) continue
    sum += each
    count++
  }
  return sum / count
}

function longestStep(times: Float64Array): number {
  let longest = 0
  for (let i = 1; i < times.length; i++) longest = Math.max(longest, times[i]! - times[i - 1]!)
  return longest
}

/** Frames `first` up to `end` of a signal. */
export function cutSignal(signal: Signal, first: number, end: number): Signal {
  const width = signal.channels.length
  return {
    ...signal,
    frames: end - first,
    values: signal.values.slice(first * width, end * width),
    deviceMicros: signal.deviceMicros.slice(first, end),
    hostMillis: signal.hostMillis.slice(first, end),
    gaps: signal.gaps.flatMap(({ at, lost }) => (at > first && at < end ? [{ at: at - first, lost }] : [])),
  }
}

function often(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

function seconds(micros: number): string {
  return Math.round(micros / 1e6).toLocaleString('en')
}

function round(rate: number): number {
  return Number(rate.toPrecision(6))
}
