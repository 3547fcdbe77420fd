import { describe, expect, it } from 'vitest'
import { usualLabelChecker } from '../../src/renderer/pages/record/label-check.ts'
import { Setup } from '../../src/renderer/pages/record/setup.svelte.ts'
import { Devices } from '../../src/renderer/state/devices.svelte.ts'
import { Protocols } from '../../src/renderer/state/protocols.svelte.ts'
import { Recorder } from '../../src/renderer/state/recorder.svelte.ts'
import { Writers } from '../../src/renderer/state/writers.svelte.ts'
import type { ModelChoice } from '../../src/shared/api/adaptation.ts'
import type { Device } from '../../src/shared/api/devices.ts'
import type { StoredProtocol } from '../../src/shared/api/protocols.ts'
import type { RecorderState, UsualSetup } from '../../src/shared/api/recordings.ts'
import type { Writer } from '../../src/shared/api/writers.ts'
import { scriptedHost } from './scripted-host.ts'

const pen = { id: 'pen', kind: 'serial', name: 'Pen', state: 'streaming' } as Device
const writers = [
  { id: 7, name: 'w07' },
  { id: 8, name: 'w08' },
  { id: 9, name: 'v09', virtual: true },
] as Writer[]
const running = {
  sessionId: 1,
  deviceId: 'pen',
  writerId: 7,
  phase: 'waiting',
  recordedIds: [] as number[],
} as RecorderState

/**
 * The Record page of a host that has a pen, two writers and a protocol, and that set its newest session up like this.
 */
async function page(usual: UsualSetup | null, protocolIds = ['study'], device = pen) {
  const host = scriptedHost({
    'devices.list': () => [device],
    'profiles.list': () => [],
    'writers.list': () => writers,
    'protocols.list': () => protocolIds.map((id) => ({ id, name: id, builtIn: false }) as StoredProtocol),
    'protocols.removed': () => [],
    'record.state': () => null,
    'record.unfinished': () => [],
    'record.lastSetup': () => usual,
    'record.start': () => running,
    'prompts.lists': () => [{ id: 'few', name: 'Few words', prompts: ['a', 'b'] }],
  })
  const topics = {
    devices: new Devices(host.api),
    writers: new Writers(host.api),
    recorder: new Recorder(host.api),
    protocols: new Protocols(host.api),
  }
  await Promise.all(Object.values(topics).map((topic) => topic.refresh()))
  const setup = new Setup(topics)
  const started = async () => {
    await setup.start()
    return host.asked.findLast(([name]) => name === 'record.start')![1]
  }
  return { setup, started }
}

/** A model as far as its choice looks at it. */
function choice(why: ModelChoice['why'], virtual: boolean, id = 3): ModelChoice {
  return { why, model: { id, trainedOn: { virtual } }, version: null, reason: '' } as ModelChoice
}

describe('the next session', () => {
  it('is proposed as the newest one was: by its protocol, on its surface', async () => {
    const { setup, started } = await page({ protocolId: 'study', surface: 'a pad' })
    setup.chooseWriter(7)
    expect([setup.source, setup.protocolId, setup.surface]).toEqual(['protocol', 'study', 'a pad'])
    expect(await started()).toEqual({ deviceId: 'pen', writerId: 7, surface: 'a pad', protocolId: 'study' })
  })

  it('is by a list before the first one, after a plain one, and where the protocol was removed', async () => {
    for (const usual of [null, { protocolId: null, surface: null }, { protocolId: 'gone', surface: null }])
      expect((await page(usual)).setup.source).toBe('list')
  })

  it('keeps what was chosen over what was usual', async () => {
    const { setup, started } = await page({ protocolId: 'study', surface: 'a pad' })
    setup.chooseWriter(8)
    setup.source = 'list'
    setup.shuffle = false
    setup.surface = ''
    expect(await started()).toEqual({ deviceId: 'pen', writerId: 8, prompts: ['a', 'b'], advance: 'pause' })
  })
})

describe('a virtual pen', () => {
  it.each([{ ...pen, kind: 'virtual' } as Device, { ...pen, kind: 'replay', virtual: true } as Device])(
    'takes over no real writer from elsewhere, and waits for a virtual one: %j',
    async (device) => {
      const { setup, started } = await page(null, [], device)
      setup.take(7, ['a'])
      expect([setup.writer, setup.missing]).toEqual([
        undefined,
        'Choose or create a virtual writer first: this pen is virtual.',
      ])
      setup.chooseWriter(9)
      expect(await started()).toMatchObject({ writerId: 9 })
    },
  )
})

describe('the model that doubts labels', () => {
  it('is the one that reads the writer, or one that was chosen, or nobody', async () => {
    const { setup, started } = await page(null)
    setup.chooseWriter(7)
    setup.reads = choice('version', false)
    expect(await started()).toMatchObject({ modelId: 3 })
    setup.chooseModel(5)
    expect(await started()).toMatchObject({ modelId: 5 })
    setup.chooseWriter(8)
    expect(setup.modelId).toBe(3)
    setup.chooseModel(null)
    expect(await started()).not.toHaveProperty('modelId')
  })

  it('is none that has only seen virtual words where a person writes, unless somebody says so', () => {
    expect(usualLabelChecker(choice('base', true), 'serial')).toBeNull()
    expect(usualLabelChecker(choice('base', true), 'virtual')).toMatchObject({ id: 3 })
    expect(usualLabelChecker(choice('chosen', true), 'serial')).toMatchObject({ id: 3 })
    expect(usualLabelChecker(choice('newest', false), 'serial')).toMatchObject({ id: 3 })
  })
})
