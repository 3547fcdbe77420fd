import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '../../src/main/store/index.ts'
import { afterTest } from '../cleaning.ts'

export { frames, signal } from './frames.ts'

/** A folder that lives as long as the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-'))
  afterTest(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A store in a folder of its own, closed after the test. */
export function newStore(
  path = join(temporaryFolder(), 'kalamos.sqlite'),
  options: Parameters<typeof openStore>[1] = {},
): Store {
  const store = openStore(path, options)
  afterTest(() => store.close())
  return store
}

/** A writer with a running session. */
export function newSession(store: Store, name = 'w01') {
  const writer = store.writers.findOrCreate(name, { handedness: 'right', virtual: false })
  return store.sessions.create({
    writerId: writer.id,
    deviceName: 'Test pen',
    origin: 'recorded',
    profile: { id: 'pen-frame' },
  })
}
