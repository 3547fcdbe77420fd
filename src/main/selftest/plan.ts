import type { TrainingConfig } from '../../shared/api/training.ts'
import type { SensorRecording } from '../exchange/ndjson.ts'

/** How a file of recordings is rehearsed: as which pen, with which rests, and how it is trained on. */
export interface Plan {
  profileId: string
  /** Rest between words in ms of the pen's time: longer than the pause that ends a word. */
  restMs: number
  /** Whether there is more than one label to tell apart. */
  readable: boolean
  training: TrainingConfig
}

/** One recording of five is kept from training and read live. */
const HELD_OUT_EVERY = 5

export function readingPlan(recordings: readonly SensorRecording[]): Plan {
  const force = recordings[0]!.signal.channels.some((channel) => channel.name === 'force')
  const readable = new Set(recordings.map(({ label }) => label)).size > 1
  return {
    profileId: force ? 'peterpen' : 'icm20948-pen',
    restMs: force ? 2500 : 900,
    readable,
    training: {
      name: 'rehearsal',
      model: 'small',
      task: recordings.every(({ label }) => [...label].length === 1) ? 'classes' : 'ctc',
      filter: {},
      channels: [],
      rateHz: 60,
      split: { by: 'recording', heldOut: 0 },
      epochs: 40,
      batchSize: 32,
      learningRate: 1e-2,
      weightDecay: 1e-2,
      warmupEpochs: 2,
      augment: true,
      // Turning the sensors would take a 6 for a 9.
      augmentations: ['tempo', 'scale', 'noise', 'warp'],
      seed: 1,
      startFrom: null,
      backend: 'auto',
      threads: null,
    },
  }
}

/** The recordings to train on and those to read; all are only recorded where there is nothing to tell apart. */
export function heldOutOf(
  recordings: readonly SensorRecording[],
  { readable }: Plan,
): [SensorRecording[], SensorRecording[]] {
  if (!readable) return [[...recordings], []]
  const held = (index: number): boolean => index % HELD_OUT_EVERY === HELD_OUT_EVERY - 1
  return [recordings.filter((_, index) => !held(index)), recordings.filter((_, index) => held(index))]
}
