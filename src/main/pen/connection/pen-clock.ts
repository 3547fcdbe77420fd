/**
 * A frame that was on its way can be this late (µs) and the next one not: so much more than expected is no impossible
 * step.
 */
const SLACK_MICROS = 2_000_000

/** A step this many times as long as expected, or longer, is doubted until the next frame has come; */
const DOUBTED_FROM = 1.5
/** one that returns to within so many expected steps shows that it stood alone. */
const RETURNS_WITHIN = 3

/** A clock as it has run so far: its latest time, and the least that host time (µs) was ahead of it. */
interface Course {
  at: number
  ahead: number
}

/**
 * Tells a device's clock from garbage in its place. A frame may arrive late but never before it was taken, so a time
 * too far ahead of the host's clock is not believed, nor is one that the next frame shows to stand alone. Such a frame
 * gets the time that was due. Where the next ones agree with the new time, the clock was set anew: it goes on from
 * where it was. A clock that steps back and stays there is a device that began anew; its times are given as they are.
 */
export class PenClock {
  /** Times that were not believed. */
  jumps = 0
  #course: Course | null = null
  /** Where a frame that was not believed would have the clock, or where it was before it stepped back. */
  #other: { course: Course; shift: number } | null = null
  /** Added to the device's times since the clock was set anew. */
  #shift = 0

  /** The latest frame where it made an odd step, and no later one was there yet to judge it by. */
  #doubt: { before: Course; shift: number } | null = null
  #untimed = false
  /** As the device told it last. */
  #latest = NaN
  /** The time (µs) of the frame before the latest one, where that shows it to have been out of line; else null. */
  corrected: number | null = null

  /** The device was away: whatever time comes next is its own. */
  restart(): void {
    this.#course = null
    this.#other = null
    this.#doubt = null
    this.#latest = NaN
  }

  /**
   * The time (µs) of a frame that arrived at `hostMillis`. `due` is how much after the one before it was expected (µs),
   * `next` the device time of the frame behind it where that has come, too.
   */
  take(
    micros: number,
    { hostMillis, due, next }: { hostMillis: number; due: number; next: number | undefined },
  ): number {
    const course = this.#course
    const doubt = this.#doubt
    this.#doubt = null
    this.corrected = null
    if (!Number.isFinite(micros)) return this.#without(due)
    this.#untimed = false
    const again = micros === this.#latest
    this.#latest = micros
    const host = hostMillis * 1000
    const returns =
      doubt !== null && follows(doubt.before, micros, host) && micros - doubt.before.at < RETURNS_WITHIN * due
    if (returns && !(course!.at > doubt.before.at && micros > course!.at)) {
      this.jumps++
      this.corrected = Math.min(doubt.before.at + due, (doubt.before.at + micros) / 2) + doubt.shift
      return this.#follow({ at: micros, ahead: Math.min(doubt.before.ahead, host - micros) }, doubt.shift)
    }
    // The same time again tells nothing of this frame.
    if (again && course !== null) return this.#due(course, due)
    if (course === null) return this.#follow({ at: micros, ahead: host - micros }, this.#shift)
    const standsAlone = next !== undefined && follows(course, next, host) && !(micros > course.at && micros < next)
    if (next === undefined && (micros < course.at || micros - course.at > DOUBTED_FROM * due))
      this.#doubt = { before: course, shift: this.#shift }
    if (follows(course, micros, host) && !standsAlone)
      return this.#follow({ at: micros, ahead: Math.min(course.ahead, host - micros) }, this.#shift)
    const other = this.#other
    if (other !== null && follows(other.course, micros, host))
      return this.#follow({ at: micros, ahead: host - micros }, other.shift)
    if (micros <= course.at && !standsAlone) {
      this.#other = { course, shift: this.#shift }
      this.#course = { at: micros, ahead: host - micros }
      return micros + this.#shift
    }
    this.jumps++
    this.#doubt = null
    const instead = Math.min(course.at + due, standsAlone ? (course.at + next) / 2 : Infinity)
    this.#other = { course: { at: micros, ahead: host - micros }, shift: this.#shift + instead - micros }
    this.#course = { at: instead, ahead: course.ahead }
    return instead + this.#shift
  }

  /** One frame without a time between others has the one that was due; more of them have none. */
  #without(due: number): number {
    if (this.#course === null || this.#untimed) return NaN
    this.#untimed = true
    return this.#due(this.#course, due)
  }

  #due({ at, ahead }: Course, due: number): number {
    this.#course = { at: at + due, ahead }
    return this.#course.at + this.#shift
  }

  #follow(course: Course, shift: number): number {
    this.#course = course
    this.#other = null
    this.#shift = shift
    return course.at + shift
  }
}

function follows({ at, ahead }: Course, micros: number, host: number): boolean {
  return micros > at && (micros - at <= SLACK_MICROS || micros <= host - ahead + SLACK_MICROS)
}
