import * as v from 'valibot'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Devices } from '../../src/renderer/state/devices.svelte.ts'
import { TabStorage } from '../../src/renderer/state/tab-storage.ts'
import { inWords, Notices } from '../../src/renderer/state/notices.svelte.ts'
import { Recorder } from '../../src/renderer/state/recorder.svelte.ts'
import { progressOf, Runs, secondsLeft } from '../../src/renderer/state/runs.svelte.ts'
import { defaultConfig } from '../../src/renderer/state/training-defaults.ts'
import { de } from '../../src/renderer/text/de/index.ts'
import { en } from '../../src/renderer/text/en/index.ts'
import { t } from '../../src/renderer/text/index.ts'
import { spoken } from '../../src/renderer/text/language.svelte.ts'
import { requests } from '../../src/shared/api.ts'
import type { Device } from '../../src/shared/api/devices.ts'
import type { RecorderState, Recording } from '../../src/shared/api/recordings.ts'
import type { Run } from '../../src/shared/api/training.ts'
import { KalamosError } from '../../src/shared/errors.ts'
import { scriptedHost } from './scripted-host.ts'

function recording(id: number): Recording {
  return {
    id,
    sessionId: 1,
    writerId: 1,
    writerName: 'w01',
    virtual: false,
    label: `word ${id}`,
    state: 'finished',
    startedAt: 0,
    durationMs: 900,
    frames: 90,
    lostFrames: 0,
    rateHz: 100,
    channels: [],
    tag: null,
    verdict: null,
    excluded: null,
    locked: false,
    cut: false,
  }
}

function run(over: Partial<Run>): Run {
  return {
    id: 1,
    config: { ...defaultConfig('m'), epochs: 10 },
    state: 'running',
    startedAt: 0,
    endedAt: null,
    epoch: 0,
    epochProgress: 0,
    scores: [],
    trainRecordings: 8,
    heldOutRecordings: 2,
    virtual: false,
    backend: null,
    backendReason: null,
    modelId: null,
    problem: null,
    ...over,
  }
}

const score = (epoch: number) => ({
  epoch,
  trainLoss: 1,
  heldOutLoss: 1,
  cer: 0.5,
  wer: 1,
  accuracy: 0,
  learningRate: 1e-3,
  seconds: 4,
})

describe('the line of pens at the foot', () => {
  it('does not say that a pen is connected which was pulled out', () => {
    const host = scriptedHost({})
    const devices = new Devices(host.api)
    devices.listen()
    const pen: Device = {
      id: 'serial:/dev/ttyACM0',
      kind: 'serial',
      name: 'Pen',
      detail: '/dev/ttyACM0',
      profileId: 'pen-frame',
      state: 'streaming',
      problem: null,
      channels: [],
      nominalRateHz: 100,
      measuredRateHz: 100,
      frames: 1,
      lostFrames: 0,
      badBytes: 0,
      clockDriftPpm: null,
      batteryPercent: null,
    }
    const said = (): string[] =>
      [en, de].map(({ status }) => status.pens(devices.connected.length, devices.away.length))
    host.send('devices.changed', [pen])
    expect(said()).toEqual(['1 pen connected', '1 Stift verbunden'])
    host.send('devices.changed', [{ ...pen, state: 'lost' }])
    expect(said()).toEqual(['1 pen unplugged', '1 Stift abgezogen'])
    host.send('devices.changed', [
      { ...pen, state: 'lost' },
      { ...pen, id: 'serial:/dev/ttyACM1' },
    ])
    expect(said()).toEqual(['1 pen connected, 1 pen unplugged', '1 Stift verbunden, 1 Stift abgezogen'])
    host.send('devices.changed', [])
    expect(said()).toEqual(['No pen connected', 'Kein Stift verbunden'])
  })
})

describe('a training', () => {
  it('tells how far it is and how long it will take, from its last epochs', () => {
    const half = run({ scores: [1, 2, 3, 4].map(score), epochProgress: 0.5 })
    expect(progressOf(half)).toBeCloseTo(0.45)
    expect(secondsLeft(half)).toBeCloseTo(22)
    expect(secondsLeft(run({}))).toBeNull()
    expect(secondsLeft(run({ state: 'cancelled', scores: [score(1)] }))).toBeNull()
  })

  it('is followed as the host reports it, newest first', () => {
    const host = scriptedHost({})
    const runs = new Runs(host.api)
    runs.listen()
    host.send('runs.changed', run({ id: 1, startedAt: 1 }))
    host.send('runs.changed', run({ id: 2, startedAt: 2 }))
    host.send('runs.changed', run({ id: 1, startedAt: 1, state: 'finished' }))
    expect(runs.all.map((one) => `${one.id} ${one.state}`)).toEqual(['2 running', '1 finished'])
  })

  it('tells its end once, also where that came while the host was out of reach', async () => {
    const there = { runs: [run({ id: 1 }), run({ id: 2 })] }
    const host = scriptedHost({ 'runs.list': () => there.runs })
    const runs = new Runs(host.api)
    const ended: string[] = []
    runs.onEnded(({ id, state }) => ended.push(`${id} ${state}`))
    runs.listen()
    await runs.refresh()
    host.send('runs.changed', run({ id: 1, state: 'finished' }))
    host.send('runs.changed', run({ id: 1, state: 'finished' }))
    there.runs = [run({ id: 1, state: 'finished' }), run({ id: 2, state: 'failed' }), run({ id: 3, state: 'finished' })]
    await runs.refresh()
    expect(ended).toEqual(['1 finished', '2 failed'])
  })

  it('starts from settings that the contract accepts', () => {
    expect(v.is(requests['train.start'].input, defaultConfig('Model of today'))).toBe(true)
  })
})

describe('messages', () => {
  it('are still to be read after a reload, in full and for the rest of their time', () => {
    const kept = new Map<string, string>()
    const keeper = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    }
    const before = new Notices(scriptedHost({}).api, new TabStorage('messages', keeper))
    before.add('warning', 'The disk is nearly full.', { hint: 'Free some space.' })
    before.add('info', () => 'Copied.', { action: { label: 'Undo', run: () => undefined } })

    const after = new Notices(scriptedHost({}).api, new TabStorage('messages', keeper))
    expect(after.history.map(({ level, message, hint, action }) => [level, message, hint, action])).toEqual([
      ['info', 'Copied.', null, null],
      ['warning', 'The disk is nearly full.', 'Free some space.', null],
    ])
    expect(after.shown.map(({ message }) => message)).toEqual(['The disk is nearly full.', 'Copied.'])
    after.clear()
    expect(new Notices(scriptedHost({}).api, new TabStorage('messages', keeper)).history).toEqual([])
    keeper.setItem('kalamos messages', '{"some":"thing else"}')
    expect(new Notices(scriptedHost({}).api, new TabStorage('messages', keeper)).history).toEqual([])
  })
})

describe('a prompted session', () => {
  const session: RecorderState = {
    sessionId: 1,
    deviceId: 'pen',
    writerId: 1,
    protocol: null,
    prompts: ['a', 'b'],
    index: 0,
    block: null,
    phase: 'waiting',
    sessionStep: null,
    sessionStepSince: null,
    advance: 'pause',
    recordedIds: [],
    skipped: [],
    verdicts: [],
    tally: { good: 0, check: 0, redo: 0 },
    lostFrames: 0,
    secondsLeft: null,
    problem: null,
  }

  it('asks for the signal of every word once, and shows the newest first', async () => {
    const host = scriptedHost({
      'recordings.get': ({ id }) => ({
        recording: recording(id),
        timesMs: [],
        values: [],
        gaps: [],
        every: 1,
        allGaps: { gaps: 0, lost: 0 },
      }),
    })
    const recorder = new Recorder(host.api)
    recorder.listen()
    host.send('record.changed', { ...session, recordedIds: [5], index: 1 })
    await settled()
    host.send('record.changed', { ...session, recordedIds: [5, 6], index: 2, phase: 'done' })
    await settled()
    expect(recorder.lastWords.map((word) => word.recording.id)).toEqual([6, 5])
    expect(host.asked.map(([, input]) => input)).toEqual([{ id: 5 }, { id: 6 }])
  })

  describe('that the host does not run any more when it is back', () => {
    const lists = {
      'record.state': () => null,
      'prompts.lists': () => [],
      'record.lastSetup': () => null,
      'record.unfinished': () => [
        {
          sessionId: 1,
          writerId: 1,
          writerName: 'w01',
          deviceName: 'pen',
          protocol: null,
          startedAt: 0,
          done: 1,
          prompts: 2,
        },
      ],
    }

    async function brokenOff(newest: Recording): Promise<Recorder> {
      const host = scriptedHost({ ...lists, 'recordings.list': () => ({ total: 1, recordings: [newest] }) })
      const recorder = new Recorder(host.api)
      recorder.listen()
      host.send('record.changed', { ...session, index: 1, phase: 'writing' })
      await recorder.refresh()
      return recorder
    }

    it('is told with what is whole, and until when the word was kept that was being written', async () => {
      const recorder = await brokenOff({ ...recording(6), state: 'interrupted', startedAt: 1000 })
      expect(recorder.brokenOff).toEqual({
        sessionId: 1,
        writerId: 1,
        done: 1,
        prompts: 2,
        last: { label: 'word 6', until: 1900 },
      })
      recorder.forgetBrokenOff()
      expect(recorder.brokenOff).toBeNull()
    })

    it('is told without a last word where nothing of one had reached the disk', async () => {
      expect((await brokenOff(recording(5))).brokenOff).toMatchObject({ done: 1, last: null })
    })
  })

  it('stays on the screen when it is done, until it is put away', () => {
    const host = scriptedHost({})
    const recorder = new Recorder(host.api)
    recorder.listen()
    host.send('record.changed', { ...session, index: 2, phase: 'done' })
    host.send('record.changed', null)
    expect(recorder.session?.phase).toBe('done')
    recorder.leave()
    expect(recorder.session).toBeNull()
  })
})

describe('notices', () => {
  it('say what failed and the way out, and can be read again', async () => {
    const notices = new Notices(scriptedHost({}).api)
    const well = await notices.attempt(() =>
      Promise.reject(new KalamosError('device-busy', 'The port is busy.', 'Close the other program.')),
    )
    expect(well).toBe(false)
    for (const notice of notices.shown) notices.dismiss(notice.id)
    expect(notices.history[0]).toMatchObject({
      level: 'error',
      message: 'The port is busy.',
      hint: 'Close the other program.',
    })
  })

  it('are said in the language that is spoken when they are read', () => {
    const notices = new Notices(scriptedHost({}).api)
    notices.add('info', () => t.recordings.nothingUndone, { action: { label: () => t.app.undo, run: () => undefined } })
    const [notice] = notices.history
    expect([notice!.message, inWords(notice!.action!.label)]).toEqual([en.recordings.nothingUndone, en.app.undo])
    spoken.choice = 'de'
    expect([notice!.message, inWords(notice!.action!.label)]).toEqual([de.recordings.nothingUndone, de.app.undo])
    notices.add('info', () => t.recordings.nothingUndone)
    expect(notices.shown).toHaveLength(1)
    spoken.choice = 'system'
  })

  it('keep quiet about what the person cancelled', async () => {
    const notices = new Notices(scriptedHost({}).api)
    await notices.attempt(() => Promise.reject(new KalamosError('cancelled', 'cancelled')))
    expect(notices.history).toEqual([])
  })
})

/** Lets every answer that is ready arrive. */
function settled(): Promise<void> {
  return setImmediate()
}
