import type { Reduce } from '../kernels/names.ts'

const ARRIVED = 0
const GENERATION = 1
const ABORTED = 2

/** Doubles that one thread can pass on at once; longer lists go in pieces. */
const CAPACITY = 65_536

/** The shared buffers through which the threads of a step wait for each other. */
export interface TeamPlan {
  control: SharedArrayBuffer
  /** Two sets of one slot per thread, used in turn: a slot is written again only when everybody has read it. */
  slots: SharedArrayBuffer
  threads: number
}

export function planTeam(threads: number): TeamPlan {
  return { control: new SharedArrayBuffer(16), slots: new SharedArrayBuffer(2 * threads * CAPACITY * 8), threads }
}

/** Thrown in the threads that wait for one that failed; that one reports the reason. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned'
}

/** A thread's place among those that work on the same step. */
export class Team {
  readonly #control: Int32Array
  readonly #slots: Float64Array
  readonly #threads: number
  readonly #index: number
  #active = 1
  #turn = 0

  constructor({ control, slots, threads }: TeamPlan, index: number) {
    this.#control = new Int32Array(control)
    this.#slots = new Float64Array(slots)
    this.#threads = threads
    this.#index = index
  }

  /** Says how many threads take part in the step that begins. */
  begin(active: number): void {
    this.#active = active
    this.#turn = 0
  }

  /** Forgets an abandoned step. For the one who hands out steps, while no thread works. */
  reset(): void {
    this.#control.fill(0)
  }

  /** Wakes all who wait: this step is lost. */
  abort(): void {
    Atomics.store(this.#control, ABORTED, 1)
    Atomics.notify(this.#control, GENERATION)
  }

  /** Returns when all threads of the step have come here. */
  barrier(): void {
    if (this.#active === 1) return
    const generation = Atomics.load(this.#control, GENERATION)
    if (Atomics.add(this.#control, ARRIVED, 1) + 1 === this.#active) {
      Atomics.store(this.#control, ARRIVED, 0)
      Atomics.add(this.#control, GENERATION, 1)
      Atomics.notify(this.#control, GENERATION)
    }
    while (Atomics.load(this.#control, GENERATION) === generation) {
      if (Atomics.load(this.#control, ABORTED)) throw new Abandoned()
      Atomics.wait(this.#control, GENERATION, generation, 1000)
    }
  }

  /** The sum over all threads, in the order of the threads. */
  readonly reduce: Reduce = (values) => {
    if (this.#active === 1) return values
    const sum = new Float64Array(values.length)
    for (let from = 0; from < values.length; from += CAPACITY) {
      this.#reducePart(values.subarray(from, from + CAPACITY), sum.subarray(from, from + CAPACITY))
    }
    return sum
  }

  #reducePart(values: Float64Array, sum: Float64Array): void {
    const slot = (thread: number) => (this.#turn * this.#threads + thread) * CAPACITY
    this.#slots.set(values, slot(this.#index))
    this.barrier()
    for (let thread = 0; thread < this.#active; thread++) {
      const from = slot(thread)
      for (let i = 0; i < values.length; i++) sum[i]! += this.#slots[from + i]!
    }
    this.#turn = 1 - this.#turn
  }
}
