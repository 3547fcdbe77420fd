import { replayFrom } from '../../src/main/replay/source.ts'
import { Events } from '../../src/main/process/events.ts'
import { DeviceHub, ProfileBook } from '../../src/main/pen/index.ts'
import { Recorder } from '../../src/main/record/index.ts'
import type { Store } from '../../src/main/store/index.ts'

const NEVER_ASKED = (): never => {
  throw new Error('not asked')
}

/** A hub that sees no real pens and a recorder, put together as the app does. `close` ends both. */
export function hubAndRecorder(store: Store) {
  const events = new Events()
  const system = { list: async () => ({ devices: [], problems: [] }), hid: NEVER_ASKED }
  const hub = new DeviceHub({
    profiles: new ProfileBook(store.profiles),
    system,
    changed: (devices) => events.emit('devices.changed', devices),
    replay: replayFrom(),
  })
  const recorder = new Recorder({ store, pens: hub, events })
  const close = async (): Promise<void> => {
    recorder.close()
    await hub.shutdown()
  }
  return { hub, recorder, close }
}
