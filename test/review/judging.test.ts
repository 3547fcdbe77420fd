import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { judgeStored } from '../../src/main/review/rejudge.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'

it('imported recordings, of whose pen nothing is known, are judged by what their streams tell', async () => {
  const store = newStore()
  const path = join(temporaryFolder(), 'words.ndjson')
  const word = { writer: 'w01', rate_hz: 100, channels: ['force', 'acc1_x'], units: ['N', 'g'] }
  const samples = (frames: number, force = 1) => Array.from({ length: frames }, (_, at) => [force * Math.sin(at / 5), at % 7])
  const lines = [
    { ...word, id: 'a', label: 'Haus', samples: samples(120) },
    { ...word, id: 'b', label: 'Donaudampfschiff', samples: samples(20) },
    { ...word, id: 'c', label: 'Maus', samples: samples(120, 0) },
  ]
  writeFileSync(path, lines.map((line) => JSON.stringify(line)).join('\n'))
  await importRecordings(store, 'ndjson', path)
  const told = () => [...store.recordings.each({})].map(({ verdict }) => verdict)
  expect(told()).toEqual([null, null, null])
  expect(await judgeStored(store, [1, 2, 3])).toBe(3)
  expect(told()).toEqual(['green', 'redo', 'redo'])
  expect(store.sittings.verdict(2)?.reasons.map(({ code }) => code)).toEqual(['too-short'])
  expect(store.sittings.verdict(3)?.reasons.map(({ code }) => code)).toEqual(['no-force'])
})
