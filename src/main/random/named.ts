/**
 * Reproducible randomness: xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number generators",
 * ACM TOMS 47, 2021) on 32-bit integers, seeded through the MurmurHash3 finaliser. Streams are named, so that a new
 * random choice in one place leaves every other choice as it was.
 */
import { exp, log } from '../signal/arithmetic.ts'
import { Random } from './random.ts'

/** A stream of its own for every list of names and numbers. */
export function randomStream(...names: readonly (string | number)[]): NamedRandom {
  return new NamedRandom(hash(names))
}

/** 32-bit hash (FNV-1a over the UTF-16 units, then finalised) of names and numbers. */
export function hash(names: readonly (string | number)[]): number {
  let h = 0x811c9dc5
  for (const name of names) {
    const text = `${typeof name === 'number' ? '#' : '$'}${name}/`
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  }
  return finalise(h)
}

function finalise(value: number): number {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Draws the same numbers on every machine, normal ones too: their logarithms are of `arithmetic.ts`. */
export class NamedRandom extends Random {
  private a: number
  private b: number
  private c: number
  private d: number
  private spare: number | undefined

  constructor(seed: number) {
    super()
    // Weyl steps of the golden ratio keep the four words apart; they are never all zero.
    this.a = finalise(seed + 0x9e3779b9)
    this.b = finalise(seed + 0x3c6ef372)
    this.c = finalise(seed + 0xdaa66d2b)
    this.d = finalise(seed + 0x78dde6e4) | 1
  }

  bits(): number {
    const scrambled = Math.imul(rotate(Math.imul(this.b, 5), 7), 9) >>> 0
    const t = this.b << 9
    this.c ^= this.a
    this.d ^= this.b
    this.b ^= this.c
    this.a ^= this.d
    this.c ^= t
    this.d = rotate(this.d, 11)
    return scrambled
  }

  /** Standard normal (Marsaglia's polar method). */
  override normal(): number {
    if (this.spare !== undefined) {
      const spare = this.spare
      this.spare = undefined
      return spare
    }
    for (;;) {
      const u = 2 * this.uniform() - 1
      const v = 2 * this.uniform() - 1
      const s = u * u + v * v
      if (s >= 1 || s === 0) continue
      const scale = Math.sqrt((-2 * log(s)) / s)
      this.spare = v * scale
      return u * scale
    }
  }

  /** Normal noise from a table of 16384 values: fast, for the thousands of draws of a sensor. */
  noise(): number {
    return noiseTable()[this.bits() & NOISE_MASK]!
  }

  /** Lognormal about `median`, with the standard deviation `spread` of its logarithm. */
  lognormal(median: number, spread: number): number {
    return median * exp(spread * this.normal())
  }
}

const NOISE_MASK = 16383
let table: Float64Array | undefined

function noiseTable(): Float64Array {
  if (table === undefined) {
    const random = new NamedRandom(1)
    table = Float64Array.from({ length: NOISE_MASK + 1 }, () => random.normal())
  }
  return table
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by))
}
