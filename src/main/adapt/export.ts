import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { KalamosError } from '../../shared/errors.ts'
import { ModelCard } from '../ml/checkpoint/card.ts'
import { readCard, writeCard } from '../ml/checkpoint/weights.ts'
import { makeFolders } from '../folders.ts'

/**
 * Writes a version's weights and card into a folder as `<name>.safetensors` and `<name>.json`.
 * Throws `conflict` where one of them is there already, `not-writable`.
 */
export function exportVersion([weightsPath, cardPath]: readonly string[], folder: string, name: string): string[] {
  const base = name.normalize('NFKD').replace(/[^\w-]+/g, '-').replace(/^-+/, '') || 'version'
  const files = [`${base}.safetensors`, `${base}.json`]
  const taken = files.find((file) => existsSync(join(folder, file)))
  if (taken !== undefined) throw new KalamosError('conflict', `There is already a file ${taken} in ${folder}.`, 'Choose another folder, or move the file away.')
  const card = readCard(cardPath!, ModelCard)
  try {
    makeFolders(folder)
    copyFileSync(weightsPath!, join(folder, files[0]!))
  } catch (error) {
    throw new KalamosError('not-writable', `${folder} cannot be written.`, 'Choose another folder, or give yourself write access to it.', { cause: error })
  }
  writeCard(join(folder, files[1]!), { ...card, weights: { ...card.weights, file: files[0]! } } satisfies ModelCard)
  return files
}
