import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { EmbeddingPicture } from '../../../shared/api/embedding.ts'
import { writeWhole } from '../checkpoint/files.ts'
import { readCard } from '../checkpoint/weights.ts'

const Stored = v.object({ format: v.literal('kalamos-embedding'), version: v.literal(1), ...EmbeddingPicture.entries })

const pathIn = (folder: string): string => join(folder, 'embedding.json')

/** The picture of a run's folder; null where there is none. Throws `checkpoint-damaged` for a file that is not whole. */
export function readEmbedding(folder: string): EmbeddingPicture | null {
  const path = pathIn(folder)
  if (!existsSync(path)) return null
  const { words, points, frames, size } = readCard(path, Stored)
  return { words, points, frames, size }
}

export function writeEmbedding(folder: string, picture: EmbeddingPicture): void {
  writeWhole(pathIn(folder), `${JSON.stringify({ format: 'kalamos-embedding', version: 1, ...picture })}\n`)
}

export function deleteEmbedding(folder: string): void {
  rmSync(pathIn(folder), { force: true })
}
