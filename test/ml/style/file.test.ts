import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ModelCard } from '../../../src/main/ml/checkpoint/card.ts'
import { readCard } from '../../../src/main/ml/checkpoint/weights.ts'
import { findStyleEstimator } from '../../../src/main/ml/style/file.ts'
import { resource } from '../../../src/main/files/paths.ts'
import { folderFor } from '../../training/small-store.ts'

const base = readCard(resource('models', 'base.json'), ModelCard).weights.sha256
const FILES = ['base.style.json', 'base.style.safetensors'] as const

/** A copy of the style estimator that ships, with changes to its card. */
function copied(change: Record<string, unknown> = {}): string {
  const folder = folderFor('hands')
  for (const file of FILES) copyFileSync(resource('models', file), join(folder, file))
  const path = join(folder, FILES[0])
  writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, 'utf8')) as object), ...change }))
  return folder
}

describe('a style estimator', () => {
  test('ships for the base model, and for no other', () => {
    expect(findStyleEstimator(base)!.models.map(({ words }) => words)).toEqual([5, 10, 15])
    expect(findStyleEstimator('0'.repeat(64))).toBeNull()
    expect(findStyleEstimator(base, folderFor('no-hands'))).toBeNull()
  })

  test('that is damaged is not used, and the message names the file', () => {
    const broken = copied()
    const path = join(broken, FILES[1])
    const bytes = readFileSync(path)
    bytes[bytes.length - 1]! ^= 1
    writeFileSync(path, bytes)
    expect(() => findStyleEstimator(base, broken)).toThrow(
      expect.objectContaining({
        code: 'checkpoint-damaged',
        message: expect.stringContaining('base.style.safetensors') as string,
      }),
    )
  })

  test('of other traits or fonts than writers have today is not used', () => {
    expect(() => findStyleEstimator(base, copied({ traits: ['tempo'] }))).toThrow(/other traits or fonts/)
    expect(() => findStyleEstimator(base, copied({ words: [5, 99] }))).toThrow(/lacks "weights"/)
    expect(() => findStyleEstimator(base, copied({ words: 'five' }))).toThrow(
      expect.objectContaining({ code: 'checkpoint-damaged' }),
    )
  })
})
