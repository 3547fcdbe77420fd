/** A frame that was on its way can be this late (µs) and the next one not: so much more than expected is no impossible step. */
const SLACK_MICROS = 2_000_000

/** A clock as it has run so far: its latest time, and the least that host time (µs) was ahead of it. */
interface Course {
  at: number
  ahead: number
}

/**
 * Tells a device's clock from garbage in its place. A frame may arrive late but never before it was taken, so a time too
 * far ahead of the host's clock is not believed, nor is one that the next frame shows to stand alone. Such a frame gets the
 * time that was due. Where the next ones agree with the new time, the clock was set anew: it goes on from where it was.
 * A clock that steps back and stays there is a device that began anew; its times are given as they are.
 */
export class PenClock {
  /** Times that were not believed. */
  jumps = 0
  #course: Course | null = null
  /** Where a frame that was not believed would have the clock, or where it was before it stepped back. */
  #other: { course: Course; shift: number } | null = null
  /** Added to the device's times since the clock was set anew. */
  #shift = 0

  /** The device was away: whatever time comes next is its own. */
  restart(): void {
    this.#course = null
    this.#other = null
  }

  /**
   * The time (µs) of a frame that arrived at `hostMillis`. `due` is how much after the one before it was expected (µs),
   * `next` the device time of the frame behind it where that has come, too.
   */
  take(micros: number, { hostMillis, due, next }: { hostMillis: number; due: number; next: number | undefined }): number {
    if (!Number.isFinite(micros)) return micros
    const host = hostMillis * 1000
    const course = this.#course
    if (micros === course?.at) return micros + this.#shift
    if (course === null) return this.#follow({ at: micros, ahead: host - micros }, this.#shift)
    const standsAlone = next !== undefined && follows(course, next, host) && !(micros > course.at && micros < next)
    if (follows(course, micros, host) && !standsAlone) return this.#follow({ at: micros, ahead: Math.min(course.ahead, host - micros) }, this.#shift)
    const other = this.#other
    if (other !== null && follows(other.course, micros, host)) return this.#follow({ at: micros, ahead: host - micros }, other.shift)
    if (micros <= course.at && !standsAlone) {
      this.#other = { course, shift: this.#shift }
      this.#course = { at: micros, ahead: host - micros }
      return micros + this.#shift
    }
    this.jumps++
    const instead = Math.min(course.at + due, standsAlone ? (course.at + next) / 2 : Infinity)
    this.#other = { course: { at: micros, ahead: host - micros }, shift: this.#shift + instead - micros }
    this.#course = { at: instead, ahead: course.ahead }
    return instead + this.#shift
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
