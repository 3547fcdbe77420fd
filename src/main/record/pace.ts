import { median } from '../statistics/quantile.ts'

const LATEST = 20
const FEWEST = 3

/** How long this writer takes from one prompt to the next. */
export class Pace {
  readonly #seconds: number[] = []
  #since = performance.now()

  /** A prompt is up. */
  begin(): void {
    this.#since = performance.now()
  }

  /** The prompt that was up is done. */
  done(): void {
    this.#seconds.push((performance.now() - this.#since) / 1000)
    if (this.#seconds.length > LATEST) this.#seconds.shift()
  }

  /**
   * What is left in seconds, by the median of the latest prompts: one long thought does not count. Null until there are
   * some.
   */
  secondsFor(prompts: number, breakSeconds: number): number | null {
    if (this.#seconds.length < FEWEST) return null
    return prompts * median(this.#seconds, 'above') + breakSeconds
  }
}
