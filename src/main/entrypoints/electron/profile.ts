import { join } from 'node:path'
import { app } from 'electron'

/**
 * Gives Chromium's profile a folder of its own, before anything is put into it. Electron names it after the app, and
 * `Kalamos` is the folder of the database, `kalamos`, wherever the file system knows no case.
 * `--user-data-dir=<folder>` goes before.
 */
export function keepProfileApart(): void {
  if (app.commandLine.hasSwitch('user-data-dir')) return
  app.setPath('userData', join(app.getPath('appData'), 'kalamos-window'))
}
