import { loadModel, signatureOf } from '../../../src/main/ml/checkpoint/model.ts'
import { encode } from '../../../src/main/ml/data/classes.ts'
import { pieceOf } from '../../../src/main/ml/data/pieces.ts'
import type { Example } from '../../../src/main/ml/data/types.ts'
import { timeReduction } from '../../../src/main/ml/models/index.ts'
import type { WordFeatures } from '../../../src/main/ml/style/features.ts'
import { extractFeatures } from '../../../src/main/ml/style/extract.ts'
import { type StyleDistribution } from '../../../src/main/ml/style/estimate.ts'
import '../../../src/main/ml/programs/index.ts'
import { resource } from '../../../src/main/files/paths.ts'
import { FONT_NAMES, TRAIT_NAMES, traitsOf } from '../../../src/main/simulator/traits.ts'
import { virtualWords500 } from '../../../src/main/corpus/benchmark.ts'
import { simulateWord } from '../../../src/main/simulator/simulate.ts'
import { drawWriter, type VirtualWriter } from '../../../src/main/simulator/writer.ts'
import { openTestEngine } from '../open-engine.ts'

export const base = loadModel(resource('models', 'base.json'))
export const signature = { ...signatureOf(base.card), reduction: timeReduction(base.card.network) }
const words = virtualWords500().words.map(({ text }) => text)

export function written(writer: VirtualWriter, text: string): Example {
  const { signal, label } = simulateWord(writer, text)
  const values = pieceOf(signal, signature)
  return {
    id: 1,
    writerId: writer.seed,
    writerName: writer.name,
    label,
    target: encode(signature, label),
    frames: values.length / signature.channels.length,
    values,
  }
}

/** Virtual writers, a third of them left-handed, each with what some words show, not the same ones. */
export async function seen(
  firstSeed: number,
  writers: number,
  each: number,
): Promise<{ writer: VirtualWriter; features: WordFeatures[] }[]> {
  const { engine } = await openTestEngine({ name: 'recogniser', config: { model: base.card.network } }, base)
  try {
    const all = []
    for (let at = 0; at < writers; at++) {
      const writer = drawWriter(firstSeed + at, { handedness: at % 3 === 0 ? 'left' : 'right' })
      all.push({
        writer,
        features: await extractFeatures(
          engine,
          signature,
          Array.from({ length: each }, (_, word) => written(writer, words[(at * 7 + word) % words.length]!)),
        ),
      })
    }
    return all
  } finally {
    await engine.dispose()
  }
}

/** Share of the variance of a trait over writers that is told. */
export function told(trait: string, pairs: readonly { writer: VirtualWriter; style: StyleDistribution }[]): number {
  const at = TRAIT_NAMES.indexOf(trait)
  const truth = pairs.map(({ writer }) => traitsOf(writer)[at]!)
  const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length
  const squares = (of: (index: number) => number): number =>
    truth.reduce((sum, value, index) => sum + (value - of(index)) ** 2, 0)
  return 1 - squares((index) => pairs[index]!.style.mean[at]!) / squares(() => mean)
}

export const mostLikely = (shares: readonly number[]): string => FONT_NAMES[shares.indexOf(Math.max(...shares))]!
