import { vi } from 'vitest'
import type * as Fake from '../../electron-fake/index.ts'

/** A fake Electron that nobody has used, which whatever is imported from now on gets as `electron`. */
export async function freshElectron(settings: Partial<typeof Fake.desktop> = {}): Promise<typeof Fake> {
  vi.resetModules()
  const electron = await import('../../electron-fake/index.ts')
  vi.doMock('electron', () => electron)
  Object.assign(electron.desktop, settings)
  return electron
}
