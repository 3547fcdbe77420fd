import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runProgram } from '../../src/main/entrypoints/cli/program.ts'
import { Events } from '../../src/main/process/events.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { Judging } from '../../src/main/review/judging.ts'
import type { Store } from '../../src/main/store/index.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'

/** A file of words by one writer, so many frames each. */
function words(lengths: readonly number[], force: (at: number) => number = () => 1): string {
  const path = join(temporaryFolder(), 'words.ndjson')
  const samples = (frames: number, factor: number) =>
    Array.from({ length: frames }, (_, at) => [factor * Math.sin(at / 5), at % 7])
  const lines = lengths.map((frames, at) => ({
    writer: 'w01',
    rate_hz: 100,
    channels: ['force', 'acc1_x'],
    units: ['N', 'g'],
    id: `r${at}`,
    label: at === 1 ? 'Donaudampfschiff' : 'Haus',
    samples: samples(frames, force(at)),
  }))
  writeFileSync(path, lines.map((line) => JSON.stringify(line)).join('\n'))
  return path
}

const verdicts = (store: Store) => [...store.recordings.each({})].map(({ verdict }) => verdict)

it('imported recordings, of whose pen nothing is known, are judged by what their streams tell', async () => {
  const store = newStore()
  await importRecordings(
    store,
    'ndjson',
    words([120, 20, 120], (at) => (at === 2 ? 0 : 1)),
  )
  expect(verdicts(store)).toEqual([null, null, null])
  expect(await new Judging({ store, events: new Events() }).judge({ ids: [1, 2, 3] })).toBe(3)
  expect(verdicts(store)).toEqual(['good', 'redo', 'redo'])
  expect(store.promptedSessions.verdict(2)?.reasons.map(({ code }) => code)).toEqual(['too-short'])
  expect(store.promptedSessions.verdict(3)?.reasons.map(({ code }) => code)).toEqual(['no-force'])
})

it('judging tells how far it is, keeps others out, and what was judged when it is cancelled', async () => {
  const [store, events] = [newStore(), new Events()]
  await importRecordings(store, 'ndjson', words(Array.from({ length: 45 }, () => 120)))
  const judging = new Judging({ store, events })
  const told: string[] = []
  events.on('review.judging', ({ done, total }) => {
    told.push(`${done} of ${total}`)
    if (done === 20 && total === 45) judging.cancel()
  })
  const first = judging.judge({ filter: {} })
  await expect(judging.judge({ filter: {} })).rejects.toMatchObject({ code: 'conflict' })
  await expect(first).rejects.toMatchObject({
    code: 'cancelled',
    message: 'Judging was cancelled after 20 of 45 recordings; what was judged stays.',
  })
  expect(verdicts(store).filter((verdict) => verdict !== null)).toHaveLength(20)
  expect(told.splice(0)).toEqual(['0 of 45', '10 of 45', '20 of 45'])
  expect(await judging.judge({ filter: { verdict: 'none' } })).toBe(25)
  expect(told).toEqual(['0 of 25', '10 of 25', '20 of 25', '25 of 25'])
})

it('a recording that goes while others are judged is left out', async () => {
  const [store, events] = [newStore(), new Events()]
  await importRecordings(store, 'ndjson', words([120, 120, 120]))
  events.on('review.judging', ({ done }) => void (done === 0 && store.edits.delete({ ids: [3] })))
  expect(await new Judging({ store, events }).judge({ filter: {} })).toBe(2)
})

it('the terminal judges what nobody has judged, tells how far it is, and ends with Ctrl-C', async () => {
  const store = newStore()
  await importRecordings(store, 'ndjson', words(Array.from({ length: 45 }, () => 120)))
  const { path } = store
  store.close()
  const stop = new AbortController()
  const run = async (...args: string[]) => {
    let [out, err] = ['', '']
    const code = await runProgram(['judge', '--database', path, '--json', ...args], {
      out: (text) => (out += text),
      err: (text) => ((err += text), text.startsWith('20 %') && args.length > 0 && stop.abort()),
      signal: stop.signal,
      keys: () => null,
    })
    return { code, out, err }
  }
  expect(await run()).toMatchObject({
    code: 0,
    out: '{"judged":45}\n',
    err: expect.stringContaining('40 %, 20 recordings') as unknown,
  })
  expect(await run()).toMatchObject({ code: 0, out: '{"judged":0}\n' })
  expect(await run('--all')).toMatchObject({
    code: 130,
    err: expect.stringContaining('Judging was cancelled after') as unknown,
  })
})
