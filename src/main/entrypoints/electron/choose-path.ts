import { dialog, type BrowserWindow } from 'electron'
import type { ValidInput } from '../../../shared/api.ts'

/** Lets a person choose a path in a dialog of the system above a window; null where they choose none. */
export async function choosePath(
  window: BrowserWindow,
  { what, path }: ValidInput<'exchange.choose'>,
): Promise<string | null> {
  const start = path === undefined ? {} : { defaultPath: path }
  if (what === 'new') {
    const { canceled, filePath } = await dialog.showSaveDialog(window, { ...start, properties: ['createDirectory'] })
    return canceled ? null : filePath
  }
  // Windows and Linux have no dialog for both.
  const kind = what === 'file' ? 'openFile' : 'openDirectory'
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { ...start, properties: [kind] })
  return canceled ? null : (filePaths[0] ?? null)
}
