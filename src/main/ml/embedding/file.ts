import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { EmbeddingPicture } from '../../../shared/api/embedding.ts'
import { writeWhole } from '../../files/whole-file.ts'
import { readCard } from '../checkpoint/weights.ts'

const Stored = v.object({ format: v.literal('kalamos-embedding'), version: v.literal(1), ...EmbeddingPicture.entries })

const NAME = 'embedding.json'
const pathIn = (folder: string): string => join(folder, NAME)

/**
 * The picture of a run's folder; null where there is none. Throws `checkpoint-damaged` for a file that is not whole.
 */
export function readEmbedding(folder: string): EmbeddingPicture | null {
  const path = pathIn(folder)
  if (!existsSync(path)) return null
  const { words, points, frames, size } = readCard(path, Stored)
  return { words, points, frames, size }
}

export function writeEmbedding(folder: string, picture: EmbeddingPicture): void {
  writeWhole(pathIn(folder), `${JSON.stringify({ format: 'kalamos-embedding', version: 1, ...picture })}\n`)
}

/**
 * Takes names of writers out of the pictures below a folder: earlier versions kept them. What is damaged stays for who
 * reads it to tell.
 */
export function forgetWriters(files: string): void {
  for (const entry of readdirSync(files, { recursive: true, withFileTypes: true })) {
    if (entry.name !== NAME) continue
    const path = join(entry.parentPath, entry.name)
    const stored = v.safeParse(v.pipe(v.string(), v.parseJson(), Stored), readFileSync(path, 'utf8'))
    if (stored.success && stored.output.points.some(({ writer }) => writer !== null)) {
      writeEmbedding(entry.parentPath, {
        ...stored.output,
        points: stored.output.points.map((point) => ({ ...point, writer: null })),
      })
    }
  }
}

export function deleteEmbedding(folder: string): void {
  rmSync(pathIn(folder), { force: true })
}
