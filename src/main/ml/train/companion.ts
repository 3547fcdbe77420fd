import { KalamosError } from '../../../shared/errors.ts'
import { symbols } from '../../../shared/text.ts'
import { renderedImages } from '../../words/images.ts'
import { prepareCompanion, type Companion } from '../cross/companion.ts'
import type { Material } from './prepare.ts'
import type { TrainingJob } from './types.ts'

/**
 * What a training's recipe puts beside the pen's network; null for the task alone. Pictures are rendered in handwriting
 * fonts: as wide as their word, or all of one size where every label is a single letter.
 * Throws `cancelled` once the signal is aborted, and what `prepareCompanion` throws.
 */
export async function companionOf({ config, openEngine }: TrainingJob, { selection, train }: Material, signal?: AbortSignal): Promise<Companion | null> {
  const { recipe } = config
  if (!recipe || recipe.kind === 'plain') return null
  const labels = train.map(({ label }) => label.normalize('NFC'))
  const areLetters = labels.every((label) => symbols(label).length === 1)
  return prepareCompanion(recipe, {
    pen: selection.model,
    face: selection.face,
    labels,
    source: renderedImages(areLetters ? { width: 32 } : {}),
    openEngine,
    seed: config.seed,
    progress: () => {
      if (signal?.aborted) throw new KalamosError('cancelled', 'The training was cancelled while its image network was learning.', 'It can be resumed; the image network then begins anew.')
    },
  })
}
