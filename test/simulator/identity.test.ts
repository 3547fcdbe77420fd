import { describe, expect, it } from 'vitest'
import { CHANNELS } from '../../src/main/simulator/profile.ts'
import { simulateWord } from '../../src/main/simulator/simulate.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'

const WRITERS = 20
const WORDS = ['Garten', 'yellow', 'Kuchen', 'minute', 'Straße', 'window']

/** Mean and spread of every channel and of its change from frame to frame: nothing that knows the text. */
function features(counts: Int16Array): number[] {
  const frames = counts.length / CHANNELS
  return Array.from({ length: CHANNELS }, (_, c) => {
    const values = Array.from({ length: frames }, (_, i) => counts[i * CHANNELS + c]!)
    const changes = values.slice(1).map((value, i) => value - values[i]!)
    return [mean(values), spread(values), spread(changes)]
  }).flat()
}
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const spread = (values: number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)))

const samples = Array.from({ length: WRITERS }, (_, w) =>
  WORDS.map((word) => ({ writer: w, word, features: features(simulateWord(drawWriter(w + 1), word).counts) })),
).flat()
const scale = samples[0]!.features.map((_, k) => spread(samples.map((sample) => sample.features[k]!)))
const distance = (a: number[], b: number[]) => Math.hypot(...a.map((value, k) => (value - b[k]!) / scale[k]!))

describe('the identity of virtual writers', () => {
  it('shows in the signal: a nearest-centroid classifier tells 20 writers apart on words it has not seen', () => {
    let right = 0
    for (const held of WORDS) {
      const centroids = Array.from({ length: WRITERS }, (_, w) => {
        const known = samples.filter((sample) => sample.writer === w && sample.word !== held)
        return scale.map((_, k) => mean(known.map((sample) => sample.features[k]!)))
      })
      for (const sample of samples.filter(({ word }) => word === held)) {
        const distances = centroids.map((centroid) => distance(sample.features, centroid))
        if (distances.indexOf(Math.min(...distances)) === sample.writer) right++
      }
    }
    expect(right / samples.length).toBeGreaterThan(0.6)
  })

  it('survives without the pen and the place: the movement of the tip alone is told apart well above chance', () => {
    const ink = (seed: number, word: string) => {
      const { strokes } = simulateWord(drawWriter(seed), word)
      const speeds = strokes.flatMap(({ x, y }) =>
        [...x].slice(1).map((value, i) => Math.hypot(value - x[i]!, y[i + 1]! - y[i]!)),
      )
      const pressures = strokes.flatMap(({ pressure }) => [...pressure])
      const ys = strokes.flatMap(({ y }) => [...y])
      return [
        mean(speeds),
        spread(speeds),
        mean(pressures),
        spread(ys),
        strokes.length / word.length,
        strokes.at(-1)!.t.at(-1)! / word.length,
      ]
    }
    const drawn = Array.from({ length: WRITERS }, (_, w) => WORDS.map((word) => ink(w + 1, word)))
    const unit = drawn[0]![0]!.map((_, k) => spread(drawn.flat().map((f) => f[k]!)))
    let right = 0
    for (const [w, own] of drawn.entries()) {
      for (const [i, f] of own.entries()) {
        const apart = drawn.map((others) =>
          Math.hypot(
            ...f.map((value, k) => (value - mean(others.filter((_, j) => j !== i).map((o) => o[k]!))) / unit[k]!),
          ),
        )
        if (apart.indexOf(Math.min(...apart)) === w) right++
      }
    }
    expect(right / (WRITERS * WORDS.length)).toBeGreaterThan(4 / WRITERS)
  })

  it('keeps two takes of one writer closer than two writers', () => {
    const [own, other]: [number[], number[]] = [[], []]
    for (let w = 1; w <= WRITERS; w++) {
      const first = features(simulateWord(drawWriter(w), 'Garten').counts)
      own.push(distance(first, features(simulateWord(drawWriter(w), 'Garten', { take: 1 }).counts)))
      other.push(distance(first, features(simulateWord(drawWriter((w % WRITERS) + 1), 'Garten').counts)))
    }
    expect(mean(own)).toBeLessThan(0.6 * mean(other))
    expect(own.filter((d, i) => d < other[i]!).length).toBeGreaterThan(0.9 * WRITERS)
  })
})
