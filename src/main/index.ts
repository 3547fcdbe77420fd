import { join } from 'node:path'
import { BrowserWindow, app, dialog, ipcMain, protocol, session, shell } from 'electron'
import { errorShape } from '../shared/errors.ts'
import { languageFor } from '../shared/language.ts'
import type { Language } from '../shared/api/system.ts'
import { createApp, type App } from './app.ts'
import { inBackground } from './background.ts'
import { logFolder } from './doors/log-folder.ts'
import { currentLog, openLog } from './log/index.ts'
import { endInOrder, endOnUncaught } from './uncaught.ts'
import { examine } from './doctor/examine.ts'
import { root } from './paths.ts'
import { databaseFrom } from './window/arguments.ts'
import { confineContents, confineSession } from './window/confine.ts'
import { forkUtility } from './window/fork.ts'
import { openWindow, showMenu } from './window/open.ts'
import { PROMPT_URL, SCHEME, pageFrom } from './window/scheme.ts'
import { serveWindow } from './window/transport.ts'

/** The Electron door: one app, one window, and beside it the writer's where it is wanted. */

protocol.registerSchemesAsPrivileged([SCHEME])
app.enableSandbox()

if (app.requestSingleInstanceLock()) begin()
else app.quit()

function begin(): void {
  const log = openLog({ folder: logFolder(), door: 'window' })
  endOnUncaught(async () => {
    await endInOrder()
    log.flush()
    dialog.showErrorBox('Kalamos has to end because of a defect', `What was recorded is kept. The log says more: ${log.path}`)
  }, (code) => app.exit(code))
  const databasePath = databaseFrom(process.argv)
  app.on('web-contents-created', (_event, contents) => confineContents(contents))
  app.on('second-instance', () => showWindow())
  app.on('window-all-closed', () => app.quit())
  inBackground('door', 'the window could not be opened', async () => {
    await app.whenReady()
    await open(databasePath)
  }, cannotStart)
}

async function open(databasePath: string): Promise<void> {
  confineSession(session.defaultSession)
  protocol.handle(SCHEME.scheme, pageFrom(join(root, 'out/renderer')))
  let kalamos: App
  try {
    kalamos = await createApp({ databasePath, door: 'window', fork: forkUtility, examine: () => examine({ databasePath, isOpenHere: true }), showFile: (path) => shell.showItemInFolder(path) })
  } catch (error) {
    return cannotStart(error)
  }
  closeBeforeQuitting(kalamos)
  serveWindow(ipcMain, kalamos)
  const window = openWindow()
  showMenu(window, databasePath, await spokenBy(kalamos))
  kalamos.listen('system.preferencesChanged', ({ language }) => showMenu(window, databasePath, languageFor(language, app.getPreferredSystemLanguages())))
}

function cannotStart(error: unknown): void {
  const { message, hint } = errorShape(error)
  dialog.showErrorBox('Kalamos cannot start', [message, hint].filter(Boolean).join('\n\n'))
  app.exit(1)
}

async function spokenBy(kalamos: App): Promise<Language> {
  const { language } = await kalamos.request('system.preferences', {})
  return languageFor(language, app.getPreferredSystemLanguages())
}

/** Quitting waits until everything acknowledged is kept and pens and trainings have ended. */
function closeBeforeQuitting(kalamos: App): void {
  let isClosed = false
  app.on('will-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    const left = (): void => {
      isClosed = true
      currentLog()?.close()
      app.quit()
    }
    inBackground('app', 'the app could not be closed in order', () => kalamos.close().finally(left))
  })
}

function showWindow(): void {
  const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL() !== PROMPT_URL)
  if (!window) return
  if (window.isMinimized()) window.restore()
  window.focus()
}
