import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import { ModelCard } from '../ml/checkpoint/card.ts'
import { readCard } from '../ml/checkpoint/weights.ts'
import { makeFolders } from '../files/folders.ts'
import { readWhole, writeNew } from '../files/whole-file.ts'

/**
 * Writes a version's weights and card into a folder as `<name>.safetensors` and `<name>.json`.
 * Throws `conflict` where one of them is there already, `disk-full`, `not-writable`.
 */
export function exportVersion([weightsPath, cardPath]: readonly string[], folder: string, name: string): string[] {
  const base =
    name
      .normalize('NFKD')
      .replace(/[^\w-]+/g, '-')
      .replace(/^-+/, '') || 'version'
  const files = [`${base}.safetensors`, `${base}.json`]
  const taken = files.find((file) => existsSync(join(folder, file)))
  if (taken !== undefined)
    throw new KalamosError(
      'conflict',
      say('adapt.already-file', { taken, folder }),
      say('adapt.choose-another-folder-move'),
    )
  const card = readCard(cardPath!, ModelCard)
  const [weights, about] = files.map((file) => join(folder, file)) as [string, string]
  try {
    makeFolders(folder)
    writeNew(weights, readWhole(weightsPath!))
  } catch (error) {
    if (error instanceof KalamosError && error.code !== 'not-writable') throw error
    throw new KalamosError(
      'not-writable',
      say('general.cannot-written', { path: folder }),
      say('adapt.choose-another-folder-give'),
      { cause: error },
    )
  }
  try {
    writeNew(
      about,
      `${JSON.stringify({ ...card, weights: { ...card.weights, file: files[0]! } } satisfies ModelCard, null, 2)}\n`,
    )
  } catch (error) {
    rmSync(weights, { force: true })
    throw error
  }
  return files
}
