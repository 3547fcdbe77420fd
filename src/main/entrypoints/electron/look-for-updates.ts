import { app, dialog } from 'electron'
import type { Language } from '../../../shared/api/system.ts'
import type { App } from '../../app/app.ts'
import { Updates } from './updates.ts'

interface Shell {
  language: () => Language | Promise<Language>
  /** Ends the app and opens it again. */
  reopen: () => void
}

/** Lets an installed app look for updates of itself until it quits. */
export function lookForUpdates(kalamos: App, { language, reopen }: Shell): void {
  const updates = new Updates({
    kalamos,
    load: async () => (await import('electron-updater')).default.autoUpdater,
    ask: async ({ message, detail, yes, no }) => {
      const { response } = await dialog.showMessageBox({
        type: 'question',
        title: 'Kalamos',
        message,
        detail,
        buttons: [yes, no],
        defaultId: 0,
        cancelId: 1,
        noLink: true,
      })
      return response === 0
    },
    language,
    leave: async () => {
      await kalamos.close()
      // The installer may start the new version before this one has ended.
      app.releaseSingleInstanceLock()
    },
    reopen,
  })
  app.once('will-quit', () => updates.stop())
}
