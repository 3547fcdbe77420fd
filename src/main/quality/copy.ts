import type { Signal } from '../../shared/signal.ts'
import { say } from '../../shared/messages/index.ts'
import { beyond, type Check } from './evidence.ts'

/** A few equal frames in a row come about by chance where sensors are coarse. */
const FEWEST_FRAMES = 8

/**
 * Whether frames of the word before come again, as when a device sends a stale buffer: the longest run of equal frames.
 */
export const copyOfTheWordBefore: Check = ({ signal, before }, { copiedShare }) => {
  if (!before || before.channels.length !== signal.channels.length || signal.frames === 0) return null
  const run = longestCommonRun(framesOf(signal), framesOf(before))
  const share = run < FEWEST_FRAMES ? 0 : run / signal.frames
  const level = beyond(share, copiedShare)
  return level && { code: 'copy', level, message: say('quality.repeats-word-before', { percent: 100 * share }) }
}

/** Each frame as a key; null for one that repeats the frame before it: a pen at rest looks the same everywhere. */
function framesOf({ values, frames, channels: { length: width } }: Signal): (string | null)[] {
  const bytes = Buffer.from(values.buffer, values.byteOffset, frames * width * 4)
  const keys = Array.from({ length: frames }, (_, frame) =>
    bytes.toString('latin1', frame * width * 4, (frame + 1) * width * 4),
  )
  return keys.map((key, i) => (key === keys[i - 1] ? null : key))
}

function longestCommonRun(now: readonly (string | null)[], before: readonly (string | null)[]): number {
  const places = new Map<string, number[]>()
  before.forEach((key, i) => {
    if (key !== null) places.set(key, [...(places.get(key) ?? []), i])
  })
  let longest = 0
  let running = new Map<number, number>()
  for (const key of now) {
    const next = new Map<number, number>()
    for (const place of key === null ? [] : (places.get(key) ?? [])) {
      const run = (running.get(place - 1) ?? 0) + 1
      next.set(place, run)
      longest = Math.max(longest, run)
    }
    running = next
  }
  return longest
}
