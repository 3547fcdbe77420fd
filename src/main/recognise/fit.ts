import type { Channel } from '../../shared/signal.ts'
import { matchChannels } from '../../shared/signal.ts'
import { say, type Said } from '../../shared/messages/index.ts'

/** What a model needs of a pen. */
export interface Needs {
  channels: readonly string[]
  rateHz: number
  /** Lowest and highest rate of the recordings it learned from. */
  sourceRates: readonly [number, number]
}

/** A pen's clock may run this much slower than what a model learned from. */
const RATE_TOLERANCE = 0.8

/**
 * Why a pen cannot be read with a model, or null where it can: a channel that is missing, or fewer frames a second than
 * the model ever learned from. A faster pen is resampled. `rateHz` is null while it is not known yet.
 */
export function unfit(needs: Needs, pen: { channels: readonly Channel[]; rateHz: number | null }): Said | null {
  const { missing } = matchChannels(pen.channels, needs.channels)
  if (missing.length > 0) return say('recognise.model-needs-pen-not', { missing: missing.join(', ') })
  const least = Math.min(needs.sourceRates[0], needs.rateHz)
  if (pen.rateHz !== null && pen.rateHz < RATE_TOLERANCE * least) {
    return say('recognise.model-learned-least-frames', { least: round(least), rateHz: round(pen.rateHz) })
  }
  return null
}

function round(rate: number): string {
  return String(Math.round(rate * 10) / 10)
}
