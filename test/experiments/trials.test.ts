import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'trials-'))))
afterEach(() => rmSync(folder, { recursive: true }))

test('trials are kept in the database, and the same trial again replaces the old one', () => {
  const path = join(folder, 'a.db')
  const key = {
    experiment: 'synthetic',
    size: 'quick',
    condition: 'noise 1',
    variant: 'plain',
    fold: 0,
    seed: 1,
  } as const
  const store = openStore(path)
  store.trials.save({ ...key, config: { epochs: 3 }, outcome: { accuracy: 0.5 } })
  store.trials.save({ ...key, seed: 2, config: { epochs: 3 }, outcome: { accuracy: 0.6 } })
  store.trials.save({ ...key, config: { epochs: 4 }, outcome: { accuracy: 0.7 } })
  store.close()
  const again = openStore(path)
  expect(again.trials.list('synthetic', 'quick').map(({ seed, config, outcome }) => [seed, config, outcome])).toEqual([
    [2, { epochs: 3 }, { accuracy: 0.6 }],
    [1, { epochs: 4 }, { accuracy: 0.7 }],
  ])
  expect(again.trials.list('synthetic', 'full')).toEqual([])
  again.trials.remove(again.trials.list('synthetic', 'quick'))
  expect(again.trials.list('synthetic', 'quick')).toEqual([])
  again.close()
})
