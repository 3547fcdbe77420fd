import { join } from 'node:path'
import { expect, it } from 'vitest'
import { exportRecordings, previewExport } from '../../src/main/exchange/export.ts'
import { newSession, newStore, signal, temporaryFolder } from '../store/fixtures.ts'

it.each([
  ['ndjson', 3],
  ['rewi', 2],
] as const)('an export as %s writes as many recordings as it told before', async (format, recordings) => {
  const store = newStore()
  const { id: sessionId } = newSession(store)
  for (const label of ['Haus', 'Maus', 'Laus', null]) store.recordings.insert({ sessionId, label, signal: signal(40) })
  store.edits.exclude({ ids: [2] }, 'smudged')
  const foreseen = previewExport(store, format, { filter: {} })
  expect(foreseen.recordings).toBe(recordings)
  expect(foreseen.leftOut).toContainEqual({ reason: 'excluded: smudged', recordings: 1 })
  expect(foreseen.recordings + foreseen.leftOut.reduce((sum, left) => sum + left.recordings, 0)).toBe(4)
  expect((await exportRecordings(store, format, join(temporaryFolder(), 'out'))).exported).toBe(recordings)
})
