import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { batchOf, fillBatches } from '../../src/main/ml/batches/batches.ts'
import { loadExamples } from '../../src/main/ml/data/load.ts'
import { selectRecordings, type Basis } from '../../src/main/ml/data/select.ts'
import type { Example } from '../../src/main/ml/data/types.ts'
import { timeReduction } from '../../src/main/ml/models/config.ts'
import type { Store } from '../../src/main/store/index.ts'
import type { Signal } from '../../src/shared/signal.ts'
import { CHANNELS, configOf, signalOf, smallStore } from '../training/small-store.ts'

const store = smallStore(['ab', 'ba', 'abc', 'cab'])
const mixed = smallStore(['ab', 'ba'])
afterAll(() => {
  store.close()
  mixed.close()
})

const sessionId = mixed.sessions.list()[0]!.id
const poor = signalOf('ab', 3)
mixed.recordings.insert({ sessionId, label: null, signal: signalOf('ab', 1) })
mixed.recordings.insert({ sessionId, label: 'ab', signal: signalOf('ab', 2), state: 'interrupted' })
mixed.recordings.insert({
  sessionId,
  label: 'ab',
  signal: { ...poor, channels: CHANNELS.slice(0, 2), values: poor.values.filter((_, at) => at % 4 < 2) },
})
mixed.recordings.insert({
  sessionId,
  label: 'abababab',
  signal: { ...signalOf('a', 4), deviceMicros: signalOf('a', 4).deviceMicros.fill(NaN) },
})

function basis(classes: string[]): Basis {
  const { signature, model } = selectRecordings(store.recordings, configOf({}))
  return { signature: { ...signature, classes }, model }
}

describe('the selection of recordings', () => {
  it('finds channels, rate, classes and both sides of the split', () => {
    const { signature, train, heldOut, model, leftOut, virtual, writers } = selectRecordings(
      store.recordings,
      configOf({}),
    )
    expect(signature).toMatchObject({
      task: 'ctc',
      channels: ['acc1_x', 'acc1_y', 'acc1_z', 'force'],
      rateHz: 100,
      classes: ['a', 'b', 'c'],
    })
    expect(model).toMatchObject({ channels: 4, classes: 4, head: 'ctc' })
    expect([train.length, heldOut.length, leftOut.length, writers, virtual]).toEqual([9, 3, 0, 3, false])
  })

  it('normalises the roll by default where every recording has an accelerometer of three axes', () => {
    const poseOf = (from: Store, change: Parameters<typeof configOf>[0]) =>
      selectRecordings(from.recordings, configOf(change)).signature.pose
    expect(poseOf(store, {})).toBe('roll-normalised')
    expect(poseOf(store, { pose: 'as held' })).toBe('as held')
    expect(poseOf(mixed, {})).toBe('as held')
    const { signature, leftOut } = selectRecordings(mixed.recordings, configOf({ pose: 'roll-normalised' }))
    expect(signature.pose).toBe('roll-normalised')
    expect(leftOut).toContainEqual({
      reason: 'no accelerometer of three axes to tell the roll by',
      recordings: 1,
    })
  })

  it('goes on with the pose of the model to start from, and with that of the run to be repeated', () => {
    const { signature, model } = selectRecordings(store.recordings, configOf({ pose: 'as held' }))
    const { pose: _, ...older } = signature
    expect(selectRecordings(store.recordings, configOf({}), { signature: older, model }).signature.pose).toBeUndefined()
    const again = {
      runId: null,
      train: '1-9',
      heldOut: '10-12',
      classes: [...signature.classes],
      recordings: null,
      weights: null,
    }
    expect(selectRecordings(store.recordings, configOf({ reproduces: again })).signature.pose).toBe('as held')
  })

  it('says how many recordings are left out for which reason', () => {
    const { leftOut } = selectRecordings(mixed.recordings, configOf({ channels: ['acc1_x', 'force'] }))
    expect(leftOut).toEqual([
      { reason: 'no label', recordings: 1 },
      { reason: 'interrupted before the word was finished', recordings: 1 },
      { reason: 'no channel force', recordings: 1 },
      { reason: 'too short for the label at this rate', recordings: 1 },
    ])
  })

  it('takes more recordings than fit into the arguments of a call', () => {
    const one = [...store.recordings.each({})]
    const many = {
      ...store.recordings,
      each: () => Array.from({ length: 200_000 }, (_, at) => ({ ...one[at % one.length]!, id: at + 1 })).values(),
    }
    const { train, heldOut, sourceRates } = selectRecordings(many, configOf({}))
    expect([train.length + heldOut.length, sourceRates]).toEqual([200_000, [100, 100]])
  })

  it('takes the channels that all recordings share where none are named', () => {
    expect(selectRecordings(mixed.recordings, configOf({})).signature.channels).toEqual(['acc1_x', 'acc1_y'])
  })

  it('refuses an empty choice and one in which nothing can be used, with the way out', () => {
    expect(() => selectRecordings(store.recordings, configOf({ filter: { label: 'zzz' } }))).toThrow(
      /No recordings fit/,
    )
    expect(() => selectRecordings(store.recordings, configOf({ channels: ['mag_x'] }))).toThrow(/12 no channel mag_x/)
  })

  it('leaves out labels outside the alphabet of the model it starts from, and refuses where none is left', () => {
    const { leftOut, train, heldOut } = selectRecordings(store.recordings, configOf({}), basis(['a', 'b']))
    expect(leftOut).toEqual([{ reason: '"c" is outside the model\'s alphabet', recordings: 6 }])
    expect(train.length + heldOut.length).toBe(6)
    expect(() => selectRecordings(store.recordings, configOf({}), basis(['x', 'y']))).toThrow(
      expect.objectContaining({ code: 'label-unfit', message: expect.stringContaining('a') as string }),
    )
  })

  it('refuses to tell apart a single label, or to hold back whole words from whole-word classes', () => {
    const single = (): unknown =>
      selectRecordings(store.recordings, configOf({ task: 'classes', filter: { label: 'ba' } }))
    expect(single).toThrow(expect.objectContaining({ code: 'label-unfit' }))
    const words = (): unknown =>
      selectRecordings(store.recordings, configOf({ task: 'classes', split: { by: 'word', heldOut: 0.2 } }))
    expect(words).toThrow(expect.objectContaining({ code: 'invalid-input' }))
  })

  it('keeps the draw of a training that is resumed, whatever was recorded since', () => {
    const drawn = { train: new Set([1, 2, 3]), heldOut: new Set([5]) }
    const { train, heldOut } = selectRecordings(store.recordings, configOf({}), undefined, drawn)
    expect([train.map(({ id }) => id), heldOut.map(({ id }) => id)]).toEqual([[1, 2, 3], [5]])
  })
})

describe('loading', () => {
  it('gives signals at the rate of the model with labels as classes', () => {
    const { signature, model, train } = selectRecordings(store.recordings, configOf({ rateHz: 50 }))
    const { examples, leftOut } = loadExamples(store.recordings, train, {
      ...signature,
      reduction: timeReduction(model),
    })
    expect(leftOut).toEqual([])
    const abc = examples.find(({ label }) => label === 'abc')!
    expect(abc).toMatchObject({ target: [1, 2, 3], frames: 36 })
    expect(abc.values).toHaveLength(36 * 4)
  })

  it('leaves out a recording that holds values which are not numbers, by that reason', () => {
    const broken = {
      ...store.recordings.signal(1),
      values: store.recordings.signal(1).values.map((value, at) => (at === 7 ? NaN : value)),
    }
    const source = { signal: (id: number) => (id === 1 ? broken : store.recordings.signal(id)) }
    const { signature, model, train, heldOut } = selectRecordings(store.recordings, configOf({}))
    const { examples, leftOut } = loadExamples(source, [...train, ...heldOut], {
      ...signature,
      reduction: timeReduction(model),
    })
    expect(examples).toHaveLength(11)
    expect(leftOut).toEqual([
      {
        reason: expect.stringMatching(/^the recording holds values that are not numbers \(recording \d+\)$/),
        recordings: 1,
      },
    ])
  })

  it('names recordings that no time or rate makes sense of, and goes on with the others', () => {
    const rated = {
      each: () =>
        [...store.recordings.each({})].map((recording) =>
          recording.id === 2 ? { ...recording, rateHz: Infinity } : recording,
        ),
    }
    const { signature, model, train, heldOut, leftOut: beforehand } = selectRecordings(rated, configOf({}))
    expect(beforehand).toEqual([{ reason: 'recording 2 has a rate that no pen has', recordings: 1 }])
    const faults: Record<number, Partial<Signal>> = {
      1: { rateHz: Infinity, deviceMicros: new Float64Array(signalOf('ab', 1).frames) },
      3: { deviceMicros: store.recordings.signal(3).deviceMicros.map((time, at) => time + (at < 20 ? 0 : 2.6e12)) },
    }
    const source = { signal: (id: number) => ({ ...store.recordings.signal(id), ...faults[id] }) }
    const { examples, leftOut } = loadExamples(
      source,
      [...train, ...heldOut].sort((a, b) => a.id - b.id),
      { ...signature, reduction: timeReduction(model) },
    )
    expect(examples).toHaveLength(9)
    expect(leftOut).toEqual([
      { reason: 'the recording has a rate that no pen has (recording 1)', recordings: 1 },
      { reason: 'the recording has a gap of more than 10 s, or is hardly more than gaps (recording 3)', recordings: 1 },
    ])
  })
})

const example = fc.record({ frames: fc.integer({ min: 1, max: 400 }), letters: fc.integer({ min: 1, max: 9 }) })
const examplesOf = fc.array(example, { minLength: 1, maxLength: 60 }).map((list) =>
  list.map(({ frames, letters }, at): Example => ({
    id: at + 1,
    writerId: 1,
    writerName: 'w1',
    label: 'a'.repeat(letters),
    target: new Array<number>(letters).fill(1),
    frames,
    values: Float32Array.from({ length: frames * 2 }, (_, i) => Math.sin(i * (at + 1))),
  })),
)
const signature = { channels: ['acc1_x', 'force'], minimumFrames: 16 }

describe('batches', () => {
  it('hold every example once, are full but for one, and depend on seed and epoch alone', () => {
    fc.assert(
      fc.property(
        examplesOf,
        fc.integer({ min: 1, max: 20 }),
        fc.nat(),
        fc.nat(1000),
        (examples, size, seed, epoch) => {
          const batches = fillBatches(examples, size, seed, epoch)
          expect(
            batches
              .flat()
              .map(({ id }) => id)
              .sort((a, b) => a - b),
          ).toEqual(examples.map(({ id }) => id))
          expect(batches.filter((batch) => batch.length < size).length).toBeLessThanOrEqual(1)
          expect(fillBatches(examples, size, seed, epoch)).toEqual(batches)
        },
      ),
    )
  })

  it('are of similar length, so that little is padded', () => {
    const lengths = Array.from({ length: 640 }, (_, at) => 60 + at)
    const examples = lengths.map((frames, id) => ({ id, frames })) as Example[]
    const padding = fillBatches(examples, 64, 1, 1).map((batch) => {
      const longest = Math.max(...batch.map(({ frames }) => frames))
      return batch.reduce((sum, { frames }) => sum + longest - frames, 0) / (longest * batch.length)
    })
    expect(padding.reduce((a, b) => a + b) / padding.length).toBeLessThan(0.25)
  })

  it('come in another order in another epoch', () => {
    const examples = Array.from({ length: 64 }, (_, id) => ({ id, frames: 100 + (id % 7) })) as Example[]
    expect(fillBatches(examples, 8, 1, 1)).not.toEqual(fillBatches(examples, 8, 1, 2))
  })

  it('are zero behind the length of each row, and no row is shorter than the least the model can read', () => {
    fc.assert(
      fc.property(examplesOf, fc.nat(), (examples, seed) => {
        const batch = batchOf(examples, signature, {
          augmentations: ['tempo', 'rotate', 'noise'],
          seed,
          epoch: 3,
          reduction: 4,
        })
        expect(batch.x).toHaveLength(batch.rows * batch.time * batch.channels)
        expect(batch.x.every(Number.isFinite)).toBe(true)
        batch.lengths.forEach((length, row) => {
          expect(length).toBeGreaterThanOrEqual(16)
          expect(length).toBeLessThanOrEqual(batch.time)
          expect(
            batch.x.subarray((row * batch.time + length) * 2, (row + 1) * batch.time * 2).every((value) => value === 0),
          ).toBe(true)
        })
      }),
    )
  })

  it('do not depend on the company that an example is in', () => {
    fc.assert(
      fc.property(examplesOf, fc.nat(), (examples, seed) => {
        const how = { augmentations: ['tempo', 'rotate', 'scale', 'noise'] as const, seed, epoch: 1, reduction: 4 }
        const together = batchOf(examples, signature, how)
        const alone = batchOf(examples.slice(-1), signature, how)
        const row = examples.length - 1
        expect(together.lengths[row]).toBe(alone.lengths[0])
        const start = row * together.time * 2
        expect(together.x.slice(start, start + alone.x.length)).toEqual(alone.x)
      }),
    )
  })
})
