/** A point stands for so many more steps as soon as there would be more points than this. */
const MOST_POINTS = 240

/**
 * The losses of a training that goes on, thinned so that a long one is still shown at once: each point is a mean over
 * `every` steps.
 */
export class LossCurve {
  every = 1
  readonly points: number[] = []
  #sum = 0
  #count = 0

  push(loss: number): void {
    this.#sum += loss
    if (++this.#count < this.every) return
    this.points.push(this.#sum / this.#count)
    this.#sum = 0
    this.#count = 0
    if (this.points.length === MOST_POINTS) this.#thin()
  }

  #thin(): void {
    const pairs = Array.from(
      { length: this.points.length / 2 },
      (_, at) => (this.points[2 * at]! + this.points[2 * at + 1]!) / 2,
    )
    this.points.splice(0, this.points.length, ...pairs)
    this.every *= 2
  }
}
