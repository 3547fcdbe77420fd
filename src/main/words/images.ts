import { KalamosError } from '../../shared/errors.ts'
import { ByteCache } from './cache.ts'
import type { FolderImage } from './folder.ts'
import type { WordImage } from './paper.ts'
import { renderWord, type RenderOptions } from './render.ts'

/** Where pictures of words come from. The same text and seed give the same picture. */
export interface WordImageSource {
  image(text: string, seed: number): WordImage
}

/** Pictures written in handwriting fonts, any number a word; `keepBytes` of them are kept (64 MB by default). */
export function renderedImages(options: RenderOptions = {}, keepBytes = 64e6): WordImageSource {
  const cache = new ByteCache<WordImage>(keepBytes)
  return { image: (text, seed) => cache.get(`${seed} ${text}`, () => renderWord(text, seed, options)) }
}

/** A user's own pictures: the seed chooses among those of a text; a text without any comes from `otherwise`, if given. */
export function folderImages(pictures: readonly FolderImage[], otherwise?: WordImageSource): WordImageSource {
  const byLabel = Map.groupBy(pictures, ({ label }) => label)
  return {
    image(text, seed) {
      const own = byLabel.get(text.normalize('NFC'))
      if (own) return own[seed % own.length]!.image
      if (otherwise) return otherwise.image(text, seed)
      throw new KalamosError('not-found', `There is no picture of “${text}” among the ${pictures.length} of the folder.`, 'Add one, or let missing words be rendered.')
    },
  }
}
