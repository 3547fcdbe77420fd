import { describe, expect, it } from 'vitest'
import { Interruptions } from '../../src/renderer/state/interruptions.svelte.ts'
import type { Interruption } from '../../src/shared/api/interruptions.ts'
import type { Run } from '../../src/shared/api/training.ts'
import { scriptedHost } from './scripted-host.ts'

const training: Interruption = { runId: 4, name: 'letters', version: null }
const version: Interruption = {
  runId: 6,
  name: 'general, w03',
  version: { writerId: 3, writerName: 'w03', version: 2 },
}

async function opened(): Promise<{ interruptions: Interruptions } & ReturnType<typeof scriptedHost>> {
  const left = [version, training]
  const host = scriptedHost({
    'runs.interrupted': () => [...left],
    'runs.dismiss': () => ({}),
    'train.resume': ({ runId }) => {
      left.splice(
        left.findIndex((one) => one.runId === runId),
        1,
      )
      return { id: runId, state: 'queued' } as Run
    },
  })
  const interruptions = new Interruptions(host.api)
  interruptions.listen()
  await interruptions.refresh()
  return { interruptions, ...host }
}

describe('the start notice', () => {
  it('goes on with what was interrupted, the oldest first', async () => {
    const { interruptions, asked } = await opened()
    await interruptions.goOn(interruptions.all)
    expect(asked.filter(([name]) => name === 'train.resume')).toEqual([
      ['train.resume', { runId: 4 }],
      ['train.resume', { runId: 6 }],
    ])
    expect(interruptions.all).toEqual([])
  })

  it('is gone once a person put it aside, and the host remembers', async () => {
    const { interruptions, asked } = await opened()
    await interruptions.dismiss(interruptions.all)
    expect(asked.at(-1)).toEqual(['runs.dismiss', { runIds: [6, 4] }])
    expect(interruptions.all).toEqual([])
  })

  it('does not name what goes on already', async () => {
    const { interruptions, send } = await opened()
    send('runs.changed', { id: 6, state: 'preparing' } as Run)
    expect(interruptions.all).toEqual([training])
  })
})
