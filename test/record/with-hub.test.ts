import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { encodeInertial } from '../../src/main/pen/codecs/ximu3-encoder.ts'
import { recordHandlers } from '../../src/main/record/index.ts'
import type { Store } from '../../src/main/store/index.ts'
import { PtyPair, socatFound, until } from '../pen/ptys.ts'
import { hasRealRecordings, realRecordings, titled } from '../segment/streams.ts'
import { newStore } from '../store/fixtures.ts'
import { PATIENCE } from '../support/patience.ts'
import { hubAndRecorder } from './hub.ts'
import { inEnglish } from '../../src/shared/messages/index.ts'

const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean()
})

/** A hub and a recorder, put together as the app does. */
function lab(store: Store) {
  const { hub, recorder, close } = hubAndRecorder(store)
  cleanUp.push(close)
  return { hub, recorder, writerId: store.writers.create({ name: 'w01', handedness: 'right' }).id }
}

describe.skipIf(!hasRealRecordings('pen-computer'))(
  titled('845 real words played by a replay device', 'pen-computer'),
  () => {
    it('become 845 recordings with every frame of theirs, told apart by force and pause', async () => {
      const store = newStore()
      const { hub, recorder, writerId } = lab(store)
      const real = realRecordings('pen-computer')
      const path = fileURLToPath(new URL('../../../shared/data/pen-computer.ndjson.gz', import.meta.url))
      const device = await hub.addReplay({ from: 'file', path }, 1000)
      await hub.open(device.id)
      // It has begun to play when the session begins, which plays it from its beginning.
      await new Promise<void>((resolve) => hub.frames(device.id, () => resolve()))
      await recordHandlers({ recorder })['record.start']({
        deviceId: device.id,
        writerId,
        prompts: real.map(({ label }) => label),
        advance: 'pause',
      })
      await vi.waitFor(() => expect(recorder.state!.phase).toBe('done'), PATIENCE)
      const recorded = recorder.state!.recordedIds.map((id) => store.recordings.signal(id))
      expect(recorder.state).toMatchObject({ lostFrames: 0 })
      recorded.forEach((signal, i) => {
        const { samples } = real[i]!
        const force = Array.from({ length: signal.frames }, (_, frame) => signal.values[frame * 6 + 3]!)
        const begin = force.findIndex((value) => value > 350)
        expect(force.slice(begin, begin + samples.length)).toEqual(samples.map((row) => row[3]!))
      })
    })
  },
)

describe.skipIf(!socatFound)('a pen on a serial port', () => {
  let micros = 0
  /** So many frames at 400 Hz of a pen that turns so fast. */
  const turning = (frames: number, rate: number) =>
    Buffer.concat(Array.from({ length: frames }, () => encodeInertial((micros += 2500), [rate, 0, 0], [0, 0, 1])))

  it('that is unplugged in the middle of a word leaves it interrupted; plugged in again, the same word is asked for', async () => {
    const store = newStore()
    const { hub, recorder, writerId } = lab(store)
    const pair = await PtyPair.plugged()
    cleanUp.push(() => pair.remove())
    const { id } = await hub.open(`serial:${pair.host}`, 'ximu3')
    await pair.write(turning(400, 0))
    await until(() => hub.get(id).state === 'streaming')
    recorder.start({ deviceId: id, writerId, prompts: ['Haus', 'Maus'], advance: 'pause' })

    await pair.write(turning(200, 90))
    await until(() => recorder.state!.phase === 'writing')
    await pair.unplug()
    await until(() => recorder.state!.phase === 'paused')
    expect(inEnglish(recorder.state)).toMatchObject({
      index: 0,
      recordedIds: [],
      problem: { message: expect.stringMatching(/./), hint: expect.stringMatching(/./) },
    })
    expect(store.recordings.list({}, 0, 9).recordings).toMatchObject([{ label: 'Haus', state: 'interrupted' }])

    await pair.plug()
    await until(() => hub.get(id).state !== 'lost')
    for (let i = 0; i < 2; i++) {
      await pair.write(turning(400, 0))
      await pair.write(turning(200, 90))
      await pair.write(turning(400, 0))
    }
    await until(() => recorder.state!.phase === 'done')
    expect(store.recordings.list({ state: 'finished' }, 0, 9).recordings).toMatchObject([
      { label: 'Maus' },
      { label: 'Haus' },
    ])
  })
})
