import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DeviceProfile } from '../../src/shared/api/devices.ts'
import type { FrameBlock } from '../../src/shared/signal.ts'
import { SensorCalibrationGuide } from '../../src/main/pen/sensor-calibration/guide.ts'
import { Connection, TIMING } from '../../src/main/pen/connection/connection.ts'
import { LiveStream } from '../../src/main/pen/live.ts'
import { BUILT_IN_PROFILES } from '../../src/main/pen/profiles/built-in.ts'
import type { Transport } from '../../src/main/pen/transports/transport.ts'
import { openStore, type OpenRecording, type Store } from '../../src/main/store/index.ts'
import type { NamedRandom } from '../../src/main/random/named.ts'
import { arduinoText, penFrames, witMotion, ximu3Binary, ximu3Text } from '../../bench/pen/streams.ts'
import { damaged } from './damage.ts'
import { refusedOr } from './importers.ts'
import { Defect, type Fate, type Target } from './target.ts'

const FRAMES = 300
/** Pieces as they come from a port, which knows of no frames. */
const PIECE_BYTES = [1, 7, 64, 200, 512]

const STREAMS: Record<string, { profile: string; stream: Buffer }> = {
  'pen-frame': { profile: 'pen-frame', stream: penFrames(FRAMES) },
  'ximu3-binary': { profile: 'ximu3', stream: ximu3Binary(FRAMES) },
  'ximu3-text': { profile: 'ximu3', stream: ximu3Text(FRAMES) },
  arduino: { profile: 'arduino', stream: arduinoText(FRAMES) },
  witmotion: { profile: 'witmotion', stream: witMotion(FRAMES) },
}

/** What pens send, from the port to the recording, the live view and the calibration. */
export const CODECS: Record<string, () => Target> = Object.fromEntries(
  Object.entries(STREAMS).map(([name, { profile, stream }]) => [
    `codec-${name}`,
    () =>
      codec(
        BUILT_IN_PROFILES.find((one) => one.codec === profile)!,
        stream,
      ),
  ]),
)

const TRANSPORT: Transport = { open: async () => undefined, close: async () => undefined, present: async () => true }

function codec(profile: DeviceProfile, stream: Buffer): Target {
  const place = mkdtempSync(join(tmpdir(), 'kalamos-fuzz-'))
  const store = openStore(join(place, 'all.sqlite'))
  store.connection.pragma('synchronous = OFF')
  return {
    make(folder, random: NamedRandom) {
      const bytes = damaged(stream, random)
      writeFileSync(join(folder, 'stream.bin'), bytes)
      return bytes.length
    },
    async run(folder): Promise<Fate> {
      const read = new Reading(store, profile)
      const connection = new Connection({
        name: 'pen',
        transport: TRANSPORT,
        profile,
        timing: TIMING,
        clocked: true,
        frames: (block) => read.take(block),
        changed: () => void JSON.stringify(connection.measured()),
        ended: () => undefined,
      })
      await connection.open()
      const bytes = readFileSync(join(folder, 'stream.bin'))
      for (let at = 0, turn = 0; at < bytes.length; turn++) {
        const end = at + PIECE_BYTES[turn % PIECE_BYTES.length]!
        connection.bytes(bytes.subarray(at, end))
        at = end
      }
      await connection.close()
      return read.finish()
    },
    close() {
      store.close()
      rmSync(place, { recursive: true, force: true })
    },
  }
}

/** Everybody who takes frames of a pen. */
class Reading {
  readonly #store: Store
  readonly #sessionId: number
  readonly #live = new LiveStream()
  #recording: OpenRecording | null = null
  #guide: SensorCalibrationGuide | null = null
  #frames = 0
  #stored = 0

  constructor(store: Store, profile: DeviceProfile) {
    this.#store = store
    const writer = store.writers.create({ name: 'w', handedness: 'unknown' })
    this.#sessionId = store.sessions.create({ writerId: writer.id, deviceName: 'pen', origin: 'recorded', profile }).id
  }

  take(block: FrameBlock): void {
    this.#frames += block.count
    this.#live.add(block)
    JSON.stringify(this.#live.take())
    void refusedOr(() => this.#calibrate(block))
    if (this.#recording !== null && JSON.stringify(this.#recording.channels) !== JSON.stringify(block.channels))
      this.#end()
    this.#recording ??= this.#store.recordings.begin({
      sessionId: this.#sessionId,
      label: 'x',
      channels: block.channels,
      rateHz: 100,
    })
    this.#recording.append(block)
  }

  finish(): Fate {
    this.#end()
    for (const { id, frames } of this.#store.recordings.each({})) {
      this.#stored += frames
      if (this.#store.recordings.signal(id).frames < frames)
        throw new Defect(`recording ${id} holds fewer frames than were written`)
    }
    this.#store.connection.execute('DELETE FROM writers')
    if (this.#stored !== this.#frames) throw new Defect(`${this.#frames} frames came and ${this.#stored} were stored`)
    return this.#frames > 0 ? 'taken' : 'refused'
  }

  #calibrate(block: FrameBlock): void {
    this.#guide ??= new SensorCalibrationGuide(
      block.channels.map(({ name }) => name),
      100,
    )
    this.#guide.push(block)
  }

  #end(): void {
    this.#recording?.finish()
    this.#recording = null
  }
}
