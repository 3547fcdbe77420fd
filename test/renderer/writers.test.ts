import { describe, expect, it } from 'vitest'
import { Writers } from '../../src/renderer/state/writers.svelte.ts'
import type { ErasureReport, Writer } from '../../src/shared/api/writers.ts'
import { scriptedHost } from './scripted-host.ts'

const w07: Writer = { id: 7, name: 'w07', handedness: 'right', virtual: false, createdAt: 0, recordings: 3 }
const report: ErasureReport = {
  writer: 'w07',
  at: 1,
  sessions: 1,
  recordings: 3,
  frames: 900,
  consents: 1,
  notes: 2,
  models: [],
  stopped: [],
  runs: [],
  exports: [],
  bytesBefore: 9000,
  bytesAfter: 4000,
  traces: null,
}

describe('the writers in the window', () => {
  it('leave a report where they are deleted, which stays until somebody has seen it', async () => {
    let stored = [w07]
    const host = scriptedHost({
      'writers.list': () => stored,
      'writers.delete': () => ((stored = []), report),
      'writers.report': ({ path }) => ({ path }),
    })
    const writers = new Writers(host.api)
    await writers.refresh()
    await writers.erase(7)
    expect([writers.all, writers.erased]).toEqual([[], { id: 7, report }])
    expect(await writers.report(7, '/lab/w07.deletion.txt')).toEqual({ path: '/lab/w07.deletion.txt' })
    expect(host.asked.at(-1)).toEqual(['writers.report', { id: 7, path: '/lab/w07.deletion.txt' }])
  })

  it('are corrected, and shown with what they agreed to', async () => {
    let stored = w07
    const host = scriptedHost({
      'writers.list': () => [stored],
      'writers.update': ({ name, handedness }) => (stored = { ...stored, name: name.trim(), handedness }),
      'writers.consents': () => [{ version: '2', text: 'I agree.', givenAt: 1_700_000_000_000 }],
    })
    const writers = new Writers(host.api)
    expect(writers.managing).toBe(false)
    expect((await writers.update(7, ' w08 ', 'left')).name).toBe('w08')
    expect(writers.all).toEqual([{ ...w07, name: 'w08', handedness: 'left' }])
    expect(await writers.consents(7)).toEqual([{ version: '2', text: 'I agree.', givenAt: 1_700_000_000_000 }])
    expect(host.asked.at(-1)).toEqual(['writers.consents', { id: 7 }])
  })

  it('leave none where the deletion is refused', async () => {
    const writers = new Writers(scriptedHost({ 'writers.list': () => [w07] }).api)
    await writers.refresh()
    await expect(writers.erase(7)).rejects.toMatchObject({ code: 'not-found' })
    expect([writers.all, writers.erased]).toEqual([[w07], null])
  })
})
