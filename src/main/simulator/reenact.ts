/** Re-enacted recordings: the way of a real person's pen tip, with a simulated pen around it. */
import { randomStream } from '../random/named.ts'
import type { PenHold } from './hold.ts'
import type { PenPath } from './pen-path.ts'
import { retrace } from './retrace.ts'
import { recorded, type SimulationOptions, type VirtualRecording } from './simulate.ts'

/** As a virtual recording; where its letters were written is not known. */
export interface ReenactedRecording extends VirtualRecording {
  reenacted: true
}

/**
 * A measured path as a sensor pen in this hold would have recorded it. Measured is where the tip was and when, and the
 * force where the tablet has it; all the rest is simulated. The same path and hold give the same bytes everywhere.
 */
export function reenact(
  path: PenPath,
  hold: PenHold,
  options: Pick<SimulationOptions, 'lead' | 'tail' | 'truth' | 'startMillis'> = {},
): ReenactedRecording {
  const random = randomStream('re-enacted', hold.seed, path.id)
  const { course, written } = retrace(path, hold, random, { lead: options.lead ?? 0.04, tail: options.tail ?? 0.04 })
  const label = path.label ?? ''
  const clock = random.between(0, 600)
  const {
    words: [span],
    at: _,
    ...rest
  } = recorded(hold, course, random, [{ text: label, written }], options, clock)
  return { ...rest, reenacted: true, label, span: span!, letters: [] }
}
