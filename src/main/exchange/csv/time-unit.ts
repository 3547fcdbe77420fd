import type { TimeUnit } from '../../../shared/api/exchange.ts'
import { clockMicros } from './time-of-day.ts'

/** Steps of a clock in microseconds. */
export const STEP_MICROS: Record<Exclude<TimeUnit, 'clock'>, number> = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 }
const COUNTED = ['s', 'ms', 'us', 'ns'] as const

/**
 * Rates that pens and loggers of movement have, in Hz. Less than a factor of 1000 apart: at most one unit gives one of
 * them.
 */
const PLAUSIBLE = { least: 5, most: 4500 }

/**
 * The unit of a column of times, from its heading and its first cells. What the heading says counts where its rate is
 * plausible, or where no unit gives such a rate; without a word of the heading the one unit that gives a plausible rate
 * is taken. Undefined where the two contradict each other, or nothing tells it: then it must be asked for.
 */
export function guessTimeUnit(heading: string, cells: readonly (number | string)[]): TimeUnit | undefined {
  if (cells.some((cell) => typeof cell === 'string' && clockMicros(cell) !== undefined)) return 'clock'
  const stated = statedUnit(heading)
  const step = usualStep(cells.filter((cell) => typeof cell === 'number'))
  if (step === undefined) return stated
  const fitting = COUNTED.find((unit) => isPlausible(rateWith(unit, step)))
  return stated === undefined || fitting === undefined || fitting === stated ? (stated ?? fitting) : undefined
}

/**
 * The rates that the units would give, for a person to choose from: `0.0625 Hz in s, 62.5 Hz in ms`. Undefined where
 * the times tell none.
 */
export function ratesByUnit(cells: readonly (number | string)[]): string | undefined {
  const step = usualStep(cells.filter((cell) => typeof cell === 'number'))
  if (step === undefined) return undefined
  return COUNTED.map((unit) => `${Number(rateWith(unit, step).toPrecision(4))} Hz in ${unit}`).join(', ')
}

function rateWith(unit: (typeof COUNTED)[number], step: number): number {
  return 1e6 / (step * STEP_MICROS[unit])
}

function isPlausible(rate: number): boolean {
  return rate >= PLAUSIBLE.least && rate <= PLAUSIBLE.most
}

/** What most steps ahead are about. */
function usualStep(times: readonly number[]): number | undefined {
  const steps = times
    .slice(1)
    .map((time, at) => time - times[at]!)
    .filter((step) => step > 0)
    .sort((a, b) => a - b)
  return steps[Math.floor(steps.length / 2)]
}

function statedUnit(heading: string): Exclude<TimeUnit, 'clock'> | undefined {
  const words = heading.toLowerCase().split(/[^a-zµμ]+/)
  const says = (...names: string[]): boolean => words.some((word) => names.includes(word))
  if (says('ns', 'nanos', 'nanoseconds', 'nsec')) return 'ns'
  if (says('us', 'µs', 'μs', 'micros', 'microseconds', 'usec')) return 'us'
  if (says('ms', 'millis', 'milliseconds', 'msec')) return 'ms'
  return says('s', 'sec', 'secs', 'second', 'seconds') ? 's' : undefined
}
