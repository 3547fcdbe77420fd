import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { Unit } from '../../src/shared/signal.ts'
import type { Store } from '../../src/main/store/index.ts'
import { storeFor } from './small-store.ts'

const FILE = fileURLToPath(new URL('../../../shared/data/pen-digits.ndjson.gz', import.meta.url))

/** Whether the real recordings are there. */
export const digitsFound = existsSync(FILE)

interface Line {
  id: string
  label: string
  rate_hz: number
  channels: string[]
  units: Unit[]
  samples: number[][]
}

/** A real store with the 745 recordings of digits that one person wrote with an ICM-20948 pen at about 30 Hz. */
export function digitsStore(): Store {
  const store = storeFor('digits')
  const { id: writerId } = store.writers.findOrCreate('w01', { handedness: 'unknown', virtual: false })
  const session = store.sessions.create({ writerId, deviceName: 'icm20948-pen', origin: 'imported', profile: {} })
  const lines = gunzipSync(readFileSync(FILE)).toString().trim().split('\n')
  store.transaction(() => {
    for (const line of lines) {
      const { label, rate_hz: rateHz, channels, units, samples } = JSON.parse(line) as Line
      const frames = samples.length
      store.recordings.insert({
        sessionId: session.id,
        label,
        signal: {
          channels: channels.map((name, at) => ({ name, unit: units[at]! })),
          rateHz,
          frames,
          values: Float32Array.from(samples.flat()),
          deviceMicros: new Float64Array(frames).fill(NaN),
          hostMillis: Float64Array.from(samples, (_, at) => (at * 1000) / rateHz),
          gaps: [],
        },
      })
    }
  })
  return store
}
