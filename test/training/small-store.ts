import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TrainingConfig } from '../../src/shared/api/training.ts'
import type { Channel, Signal } from '../../src/shared/signal.ts'
import { KeyedRandom } from '../../src/main/random/keyed.ts'
import { openStore, type Store } from '../../src/main/store/index.ts'
import { afterFile } from '../cleaning.ts'

/** A folder for the files of a file's tests. */
export function folderFor(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `kalamos-${name}-`))
  afterFile(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/**
 * A store in such a folder, closed before that goes: a file that is open in this process is told by its inode, which
 * another one may get.
 */
export function storeFor(name: string): Store {
  const store = openStore(join(folderFor(name), 'pens.sqlite'))
  afterFile(() => store.close())
  return store
}

export const CHANNELS: readonly Channel[] = [
  { name: 'acc1_x', unit: 'g' },
  { name: 'acc1_y', unit: 'g' },
  { name: 'acc1_z', unit: 'g' },
  { name: 'force', unit: 'N' },
]

/** A made-up signal that tells its label: each letter is a stretch with a frequency of its own. */
export function signalOf(
  label: string,
  seed: number,
  options: { rateHz?: number; framesPerLetter?: number } = {},
): Signal {
  const { rateHz = 100, framesPerLetter = 24 } = options
  const random = new KeyedRandom(seed)
  const frames = label.length * framesPerLetter
  const values = new Float32Array(frames * CHANNELS.length)
  for (let frame = 0; frame < frames; frame++) {
    const letter = label.charCodeAt(Math.floor(frame / framesPerLetter)) - 96
    const phase = (2 * Math.PI * letter * (frame % framesPerLetter)) / framesPerLetter
    values.set(
      [Math.sin(phase), Math.cos(phase), 0.3 * letter, frame % framesPerLetter < 4 ? 0 : 1].map(
        (value) => value + 0.05 * random.normal(),
      ),
      frame * CHANNELS.length,
    )
  }
  const micros = Float64Array.from({ length: frames }, (_, frame) => (frame * 1e6) / rateHz)
  return {
    channels: CHANNELS,
    rateHz,
    frames,
    values,
    deviceMicros: micros,
    hostMillis: micros.map((us) => us / 1000),
    gaps: [],
  }
}

/** A real store with made-up recordings by `writers` writers, each of whom wrote every label. */
export function smallStore(
  labels: readonly string[],
  writers = 3,
  options: { rateHz?: number; framesPerLetter?: number } = {},
): Store {
  const store = storeFor('train')
  for (let writer = 1; writer <= writers; writer++) {
    const { id } = store.writers.findOrCreate(`w${writer}`, { handedness: 'right', virtual: false })
    const session = store.sessions.create({ writerId: id, deviceName: 'test signal', origin: 'simulated', profile: {} })
    labels.forEach((label, at) =>
      store.recordings.insert({ sessionId: session.id, label, signal: signalOf(label, writer * 1000 + at, options) }),
    )
  }
  return store
}

export const SMALL: TrainingConfig = {
  name: 'small',
  model: 'small',
  task: 'ctc',
  filter: {},
  channels: [],
  rateHz: 100,
  split: { by: 'recording', heldOut: 0.25 },
  epochs: 2,
  batchSize: 4,
  learningRate: 0.01,
  weightDecay: 0.01,
  warmupEpochs: 0,
  augment: false,
  seed: 1,
  startFrom: null,
  backend: 'auto',
  threads: 1,
}

export function configOf(change: Partial<TrainingConfig>): TrainingConfig {
  return { ...SMALL, ...change }
}
