import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { KalamosError } from '../../../shared/errors.ts'
import type { Signal } from '../../../shared/signal.ts'
import { readNdjson } from '../../exchange/ndjson.ts'
import { encode } from '../../ml/data/classes.ts'
import { pieceOf } from '../../ml/data/pieces.ts'
import type { Example, ModelSignature } from '../../ml/data/types.ts'

/** A file of single characters by real people. */
export interface LetterSet {
  file: string
  /** Rate to bring recordings to. */
  rateHz: number
}

export const AIR_LETTERS: LetterSet = { file: 'air-letters.ndjson.gz', rateHz: 60 }
export const PEN_DIGITS: LetterSet = { file: 'pen-digits.ndjson.gz', rateHz: 30 }

/** Frames that every recording counts as having at least. */
const MINIMUM_FRAMES = 16

/**
 * Reads a set of single characters, each made into `[frames, channels]` by `piece`. Throws `not-found` where the file
 * is not in the folder of real recordings.
 */
export async function readLetters(
  folder: string,
  { file, rateHz }: LetterSet,
  piece: (signal: Signal, signature: ModelSignature) => Float32Array = pieceOf,
): Promise<{ signature: ModelSignature; examples: Example[] }> {
  const path = join(folder, file)
  if (!existsSync(path))
    throw new KalamosError(
      'not-found',
      `The recordings ${file} are not in ${folder}.`,
      'Name the folder that has them with --data.',
    )
  const entries = []
  for await (const entry of readNdjson(path))
    if ('recording' in entry && entry.recording.label !== '') entries.push(entry.recording)
  const first = entries[0]
  if (!first) throw new KalamosError('not-found', `${path} has no labelled recordings.`)
  const classes = [...new Set(entries.map(({ label }) => label))].sort()
  const signature: ModelSignature = {
    task: 'classes',
    channels: first.signal.channels.map(({ name }) => name),
    rateHz,
    classes,
    minimumFrames: MINIMUM_FRAMES,
  }
  const writers = [...new Set(entries.map(({ writer }) => writer))].sort()
  const examples = entries.map(({ writer, label, signal }, at): Example => {
    const values = piece(signal, signature)
    return {
      id: at + 1,
      writerId: writers.indexOf(writer) + 1,
      writerName: writer,
      label,
      target: encode(signature, label),
      frames: values.length / signature.channels.length,
      values,
    }
  })
  return { signature, examples }
}
