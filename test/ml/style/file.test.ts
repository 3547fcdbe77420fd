import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ModelCard } from '../../../src/main/ml/checkpoint/card.ts'
import { readCard } from '../../../src/main/ml/checkpoint/weights.ts'
import { findHandReader } from '../../../src/main/ml/style/file.ts'
import { resource } from '../../../src/main/files/paths.ts'
import { folderFor } from '../../training/small-store.ts'

const base = readCard(resource('models', 'base.json'), ModelCard).weights.sha256
const FILES = ['base.hand.json', 'base.hand.safetensors'] as const

/** A copy of the hand reader that ships, with changes to its card. */
function copied(change: Record<string, unknown> = {}): string {
  const folder = folderFor('hands')
  for (const file of FILES) copyFileSync(resource('models', file), join(folder, file))
  const path = join(folder, FILES[0])
  writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, 'utf8')) as object), ...change }))
  return folder
}

describe('a hand reader', () => {
  test('ships for the base model, and for no other', () => {
    expect(findHandReader(base)!.tellings.map(({ words }) => words)).toEqual([5, 10, 15])
    expect(findHandReader('0'.repeat(64))).toBeNull()
    expect(findHandReader(base, folderFor('no-hands'))).toBeNull()
  })

  test('that is damaged is not used, and the message names the file', () => {
    const broken = copied()
    const path = join(broken, FILES[1])
    const bytes = readFileSync(path)
    bytes[bytes.length - 1]! ^= 1
    writeFileSync(path, bytes)
    expect(() => findHandReader(base, broken)).toThrow(
      expect.objectContaining({
        code: 'checkpoint-damaged',
        message: expect.stringContaining('base.hand.safetensors') as string,
      }),
    )
  })

  test('of other traits or fonts than writers have today is not used', () => {
    expect(() => findHandReader(base, copied({ traits: ['tempo'] }))).toThrow(/other traits or fonts/)
    expect(() => findHandReader(base, copied({ words: [5, 99] }))).toThrow(/lacks "weights"/)
    expect(() => findHandReader(base, copied({ words: 'five' }))).toThrow(
      expect.objectContaining({ code: 'checkpoint-damaged' }),
    )
  })
})
