import { createHash } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import * as v from 'valibot'
import { KalamosError } from '../../../shared/errors.ts'
import { faultIn } from '../../../shared/value-fault.ts'
import type { NamedArrays } from '../../compute/engine/types.ts'
import type { WeightsFile } from './card.ts'
import { readWhole, writeWhole } from '../../files/whole-file.ts'
import { readSafetensors, writeSafetensors } from './safetensors.ts'

/** Named groups of arrays, stored in one file as `group/name`. */
export type Groups = Record<string, NamedArrays>

/** Writes groups of arrays and returns what a card must say to find and check them. */
export function writeWeights(path: string, groups: Groups): WeightsFile {
  const tensors = Object.fromEntries(
    Object.entries(groups).flatMap(([group, arrays]) =>
      Object.entries(arrays).map(([name, array]) => [`${group}/${name}`, array]),
    ),
  )
  const bytes = writeSafetensors({ tensors, metadata: { format: 'kalamos' } })
  writeWhole(path, bytes)
  return { file: basename(path), bytes: bytes.length, sha256: digest(bytes) }
}

/**
 * Reads the weights that a card in the same folder names. Throws `checkpoint-damaged` where size, digest or form
 * are not as the card says, `not-found` where the file is missing.
 */
export function readWeights(cardPath: string, { file, bytes: size, sha256 }: WeightsFile): Groups {
  const path = join(dirname(cardPath), file)
  const bytes = readWhole(path)
  if (bytes.length !== size) throw damaged(path, `it has ${bytes.length} bytes instead of ${size}`)
  if (digest(bytes) !== sha256) throw damaged(path, 'its content is not what its card was written for')
  // Without a prototype, since the names come from a file and might be `__proto__`.
  const groups = Object.create(null) as Groups
  for (const [name, { shape, values }] of Object.entries(readSafetensors(bytes, path).tensors)) {
    const slash = name.lastIndexOf('/')
    const group = (groups[name.slice(0, slash)] ??= Object.create(null) as NamedArrays)
    group[name.slice(slash + 1)] = { shape, values }
  }
  return groups
}

/** Writes a card as JSON; the last thing to be written of a model or checkpoint. */
export function writeCard(path: string, card: object): void {
  writeWhole(path, `${JSON.stringify(card, null, 2)}\n`)
}

/** Reads a card and checks it against its schema. Throws `checkpoint-damaged` naming the file and the first fault. */
export function readCard<S extends v.GenericSchema>(path: string, schema: S): v.InferOutput<S> {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder().decode(readWhole(path)))
  } catch (error) {
    if (error instanceof SyntaxError) throw damaged(path, 'it is not JSON')
    throw error
  }
  const result = v.safeParse(schema, json)
  if (result.success) return result.output
  throw damaged(path, faultIn(result.issues[0], 'the card'))
}

export function damaged(path: string, fault: string): KalamosError {
  return new KalamosError(
    'checkpoint-damaged',
    `${path} is damaged: ${fault}.`,
    'Restore it from a backup, use another model or train again.',
  )
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
