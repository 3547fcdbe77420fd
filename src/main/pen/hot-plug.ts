import { every } from '../process/background.ts'
import type { Events } from '../process/events.ts'
import type { DeviceHub } from './hub.ts'

const SCAN_MS = 2000

/** Searches the ports every two seconds while somebody listens to `devices.changed`. Returns the way to stop. */
export function scanWhileHeard(hub: DeviceHub, events: Events): () => void {
  let searching = false
  const timer = every(SCAN_MS, 'pens', 'the ports could not be searched', async () => {
    if (searching || !events.heard('devices.changed')) return
    searching = true
    try {
      await hub.scan()
    } finally {
      searching = false
    }
  })
  timer.unref()
  return () => clearInterval(timer)
}
