import type { WordImageSource } from '../../words/images.ts'
import type { Engine } from '../../compute/engine/types.ts'
import { pictureBatch } from '../../ml/image/pictures.ts'
import { MEASURING_SEEDS } from './image-network.ts'

const PICTURES = 16

/**
 * Which classes an image network takes for each other: `[true][read]`, the mean probability that it gives each class
 * for pictures of each class that it was not trained on. Rows add up to 1.
 */
export async function softConfusion(
  engine: Engine,
  classes: readonly string[],
  source: WordImageSource,
): Promise<number[][]> {
  const rows: number[][] = []
  for (const [index, label] of classes.entries()) {
    const images = Array.from({ length: PICTURES }, (_, seed) => source.image(label, MEASURING_SEEDS + 10_000 + seed))
    const { outputs } = await engine.predict(
      pictureBatch(
        images,
        images.map(() => [index]),
      ),
    )
    const { values } = outputs['logits']!
    const row = new Array<number>(classes.length).fill(0)
    for (let picture = 0; picture < PICTURES; picture++) {
      const logits = values.subarray(picture * classes.length, (picture + 1) * classes.length)
      const top = logits.reduce((a, b) => Math.max(a, b))
      const likelihoods = [...logits].map((logit) => Math.exp(logit - top))
      const sum = likelihoods.reduce((a, b) => a + b)
      likelihoods.forEach((likelihood, at) => (row[at] = row[at]! + likelihood / sum / PICTURES))
    }
    rows.push(row)
  }
  return rows
}
