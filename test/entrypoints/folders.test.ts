import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolders } from '../../src/main/files/folders.ts'

test('a folder is made with those above it, and may be there already', () => {
  const root = mkdtempSync(join(tmpdir(), 'kalamos-folders-'))
  makeFolders(join(root, 'a', 'b', 'c'))
  makeFolders(join(root, 'a', 'b', 'c'))
  expect(existsSync(join(root, 'a', 'b', 'c'))).toBe(true)
  rmSync(root, { recursive: true })
})

test('a file in the way is told', () => {
  const root = mkdtempSync(join(tmpdir(), 'kalamos-folders-'))
  writeFileSync(join(root, 'file'), '')
  expect(() => makeFolders(join(root, 'file'))).toThrow(/EEXIST/)
  expect(() => makeFolders(join(root, 'file', 'below'))).toThrow(/ENOTDIR/)
  rmSync(root, { recursive: true })
})

test.skipIf(process.platform !== 'linux')(
  'a file system that takes no folders is told instead of asked for ever',
  () => {
    expect(() => makeFolders('/proc/kalamos/below')).toThrow(/ENOENT/)
  },
)
