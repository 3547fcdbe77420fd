import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { keepFolds, NO_FOLDS } from '../../src/main/exchange/folds.ts'
import { childPath } from './child.ts'
import { newStore } from './fixtures.ts'

describe('the frozen folds', () => {
  it('are whole after the program that writes them was killed, again and again', async () => {
    const store = newStore()
    const path = join(store.files, 'folds.json')
    for (let kill = 0; kill < 5; kill++) {
      const child = spawn(process.execPath, [childPath('keep-folds-forever.ts'), path], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      for (let wait = 0; wait <= kill; wait++) await once(child.stdout, 'data')
      child.kill('SIGKILL')
      await once(child, 'close')
      expect(Object.keys((JSON.parse(readFileSync(path, 'utf8')) as { words: object }).words)).toHaveLength(5000)
      expect([...store.holdout.writers()]).toEqual(['w1'])
    }
  })

  it('are their owner’s alone', () => {
    const { files } = newStore()
    keepFolds(join(files, 'folds.json'), NO_FOLDS)
    expect(process.platform === 'win32' ? 0o600 : statSync(join(files, 'folds.json')).mode & 0o777).toBe(0o600)
  })
})

describe('a half written file of a killed program', () => {
  it('goes at the next start, and nothing else does', () => {
    const store = newStore()
    store.close()
    mkdirSync(join(store.files, 'runs'))
    const left = join('runs', '.kalamos-0123456789abcdef.partial')
    for (const name of [left, '.kalamos-fedcba9876543210.partial', 'mine.partial'])
      writeFileSync(join(store.files, name), 'half')
    for (const name of [left, 'mine.partial']) utimesSync(join(store.files, name), 0, 0)
    newStore(store.path)
    // The other one may just be being written.
    expect(readdirSync(store.files).sort()).toEqual(['.kalamos-fedcba9876543210.partial', 'mine.partial', 'runs'])
    expect(readdirSync(join(store.files, 'runs'))).toEqual([])
  })
})
