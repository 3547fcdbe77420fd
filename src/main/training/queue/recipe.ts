import type { Output } from '../../../shared/api.ts'
import type { Recipe } from '../../../shared/api/recipe.ts'
import type { TrainingConfig } from '../../../shared/api/training.ts'
import { errorShape, KalamosError } from '../../../shared/errors.ts'
import type { Store } from '../../store/index.ts'
import { fingerprintOfFolder } from '../../words/folder.ts'
import { countPictures, FROM_FONTS, openPictures } from '../../words/origin.ts'
import { strokesBehind, type VirtualStrokes } from '../../words/virtual-strokes.ts'
import { checkRecipe, imageConfigOf } from '../../ml/cross/check.ts'
import { imageLayers, penLayers } from '../../ml/cross/layers.ts'
import type { Selection } from '../../ml/data/select.ts'

type Outlook = Pick<Output<'train.preview'>, 'layers' | 'pictures' | 'against'>

/** What a config's recipe can be set to with a selection of recordings, and what is against it. Opens no picture. */
export function outlookOf(config: TrainingConfig, selection: Selection, store: Store): Outlook {
  const { recipe } = config
  const named = (sizes: Record<string, number>): { name: string; size: number }[] =>
    Object.entries(sizes).map(([name, size]) => ({ name, size }))
  const layers = {
    pen: named(penLayers(selection.model)),
    image: recipe?.kind === 'cross-modal' ? named(imageLayers(imageConfigOf(recipe, selection.signature))) : [],
  }
  try {
    check(config, selection)
    const pictures =
      recipe?.kind === 'cross-modal'
        ? countPictures(recipe.pictures ?? FROM_FONTS, labelsOf(selection), strokesOf(config, selection, store))
        : null
    return { layers, pictures, against: null }
  } catch (error) {
    if (!(error instanceof KalamosError)) throw error
    const { code, message, hint = '' } = errorShape(error)
    return { layers, pictures: null, against: { code, message, hint } }
  }
}

/**
 * A recipe that can be trained with a selection, with the fingerprint of a user's own pictures filled in; every one of
 * them is opened. Throws, naming the field, the file or the letters, for one that cannot.
 */
export async function provedRecipe(
  config: TrainingConfig,
  selection: Selection,
  store: Store,
): Promise<Recipe | undefined> {
  check(config, selection)
  const { recipe } = config
  if (recipe?.kind !== 'cross-modal') return recipe
  const pictures = recipe.pictures ?? FROM_FONTS
  await openPictures(pictures, labelsOf(selection), strokesOf(config, selection, store))
  return pictures.from === 'folder'
    ? { ...recipe, pictures: { ...pictures, fingerprint: fingerprintOfFolder(pictures.folder, pictures.encoding) } }
    : recipe
}

function check({ recipe, epochs, batchSize }: TrainingConfig, selection: Selection): void {
  if (recipe)
    checkRecipe(recipe, {
      signature: selection.signature,
      pen: selection.model,
      labels: labelsOf(selection),
      epochs,
      batchSize,
    })
}

function labelsOf({ train }: Selection): string[] {
  return train.map(({ label }) => label)
}

function strokesOf(
  { recipe }: TrainingConfig,
  { train }: Selection,
  { recordings, sessions }: Store,
): VirtualStrokes | null {
  if (recipe?.kind !== 'cross-modal' || recipe.pictures?.from !== 'strokes') return null
  return strokesBehind(train, { signal: (id) => recordings.soundSignal(id), profile: (id) => sessions.profile(id) })
}
