/**
 * Cuts a stream at a delimiter byte that occurs nowhere inside a message.
 * A message longer than `longest` is dropped up to the next delimiter, so garbage cannot fill the memory.
 */
export class DelimitedReader {
  readonly #delimiter: number
  readonly #longest: number
  readonly #dropped: (bytes: number) => void
  #carry: Uint8Array
  #carried = 0
  #overflowing = false

  constructor(delimiter: number, longest: number, dropped: (bytes: number) => void) {
    this.#delimiter = delimiter
    this.#longest = longest
    this.#dropped = dropped
    this.#carry = new Uint8Array(longest)
  }

  /** Calls `message` with each complete message, without its delimiter. The view is valid during the call only. */
  push(bytes: Uint8Array, message: (bytes: Uint8Array) => void): void {
    let start = 0
    for (let end = bytes.indexOf(this.#delimiter); end >= 0; end = bytes.indexOf(this.#delimiter, start)) {
      this.#finish(bytes.subarray(start, end), message)
      start = end + 1
    }
    this.#keep(bytes.subarray(start))
  }

  restart(): void {
    if (this.#carried > 0) this.#dropped(this.#carried)
    this.#carried = 0
    this.#overflowing = false
  }

  #finish(tail: Uint8Array, message: (bytes: Uint8Array) => void): void {
    const length = this.#carried + tail.length
    if (this.#overflowing || length > this.#longest) {
      if (length > 0) this.#dropped(length)
    } else if (this.#carried === 0) {
      message(tail)
    } else {
      this.#carry.set(tail, this.#carried)
      message(this.#carry.subarray(0, length))
    }
    this.#carried = 0
    this.#overflowing = false
  }

  #keep(rest: Uint8Array): void {
    if (rest.length === 0) return
    if (!this.#overflowing && this.#carried + rest.length <= this.#longest) {
      this.#carry.set(rest, this.#carried)
      this.#carried += rest.length
      return
    }
    this.#dropped(this.#carried + rest.length)
    this.#carried = 0
    this.#overflowing = true
  }
}
