import type { Area } from '../../shared/api/system.ts'
import { log } from '../log/index.ts'

/**
 * The one way to run what nobody waits for: timers, listeners, promises. What goes wrong there has no caller to tell,
 * and would end the process; here it is logged under the name of what was being done, told to whoever heeds problems,
 * and ends nothing else.
 */

/** Something went wrong that nobody waited for. */
export interface Problem {
  area: Area
  /** What was being done, as the log names it: a constant text. */
  doing: string
  error: unknown
}

/** Called with what went wrong: the way for an owner to put itself right. */
export type Mend = (error: unknown) => void

const heeding = new Set<(problem: Problem) => void>()

/** Hears every problem of this process. Returns the way to stop. */
export function heedProblems(listener: (problem: Problem) => void): () => void {
  heeding.add(listener)
  return () => void heeding.delete(listener)
}

/** Runs `work` now, with nobody waiting for it. Never throws. */
export function inBackground(area: Area, doing: string, work: () => unknown, mend?: Mend): void {
  try {
    const running = work()
    if (running instanceof Promise) running.then(undefined, (error: unknown) => report(area, doing, error, mend))
  } catch (error) {
    report(area, doing, error, mend)
  }
}

/** A listener that never throws, nor leaves a promise to reject unheard. */
export function guarded<A extends unknown[]>(
  area: Area,
  doing: string,
  listener: (...args: A) => unknown,
  mend?: Mend,
): (...args: A) => void {
  return (...args) => inBackground(area, doing, () => listener(...args), mend)
}

/** Runs `work` every so many ms until stopped; one that fails is tried again the next time. */
export function every(millis: number, area: Area, doing: string, work: () => unknown, mend?: Mend): NodeJS.Timeout {
  return setInterval(guarded(area, doing, work, mend), millis)
}

/** Runs `work` once after so many ms. */
export function after(millis: number, area: Area, doing: string, work: () => unknown, mend?: Mend): NodeJS.Timeout {
  return setTimeout(guarded(area, doing, work, mend), millis)
}

/** Writes a problem to the log and tells it. A listener that fails at that is logged and no more. */
function report(area: Area, doing: string, error: unknown, mend?: Mend): void {
  log(area).error(doing, error)
  for (const listener of heeding) {
    try {
      listener({ area, doing, error })
    } catch (second) {
      log('app').error('a problem could not be told', second)
    }
  }
  try {
    mend?.(error)
  } catch (second) {
    log(area).error('a problem could not be mended', second)
  }
}
