import { join } from 'node:path'
import { Menu, app, dialog, ipcMain, protocol, session, shell } from 'electron'
import type { Language } from '../../shared/api/system.ts'
import { errorShape } from '../../shared/errors.ts'
import { inEnglish } from '../../shared/messages/index.ts'
import { languageFor } from '../../shared/language.ts'
import { plain } from '../../shared/plain.ts'
import { createApp } from '../app/app.ts'
import { guarded } from '../process/background.ts'
import { examine } from '../doctor/examine.ts'
import { defaultDatabase } from '../files/database.ts'
import { logFolder } from '../log/log-folder.ts'
import { currentLog, log, openLog } from '../log/index.ts'
import { root } from '../files/paths.ts'
import { endInOrder, endOnUncaught } from '../process/uncaught.ts'
import { answerAnotherStart } from './electron/another-start.ts'
import { databaseIn, startOf, type Start } from './electron/arguments.ts'
import { stayAwake } from './electron/awake.ts'
import { choosePath } from './electron/choose-path.ts'
import { closeBeforeQuitting } from './electron/closing.ts'
import { confineContents, confineSession } from './electron/confine.ts'
import { DIALOG_TEXTS } from './electron/dialog-text.ts'
import { forkUtility } from './electron/fork.ts'
import { lookForUpdates } from './electron/look-for-updates.ts'
import { menuTemplate } from './electron/menu.ts'
import { MENU_TEXTS } from './electron/menu-text.ts'
import { OperatorWindow } from './electron/open.ts'
import { pageFor } from './electron/page.ts'
import { keepProfileApart } from './electron/profile.ts'
import { SCHEME, pageFrom } from './electron/scheme.ts'
import { serveWindow } from './electron/transport.ts'

/** The Electron entry point: one app, one window, and beside it the writer's where it is wanted. */

protocol.registerSchemesAsPrivileged([SCHEME])
app.enableSandbox()
keepProfileApart()

const page = pageFor({ isPackaged: app.isPackaged, address: process.env['ELECTRON_RENDERER_URL'] })
const start: Start = { database: databaseIn(process.argv) }

if (app.requestSingleInstanceLock(start)) begin()
else {
  process.stderr.write('Kalamos is open already: it comes to the front.\n')
  app.quit()
}

function begin(): void {
  const file = openLog({ folder: logFolder(), entryPoint: 'window' })
  const text = DIALOG_TEXTS[languageFor('system', app.getPreferredSystemLanguages())]
  endOnUncaught(
    async () => {
      await endInOrder()
      file.flush()
      dialog.showErrorBox(text.defect.title, text.defect.text(file.path))
    },
    (code) => app.exit(code),
  )
  app.on('web-contents-created', (_event, contents) => confineContents(contents, page))
  const opened = app.whenReady().then(() => open(start.database ?? defaultDatabase()))
  app.on(
    'second-instance',
    guarded(
      'entrypoint',
      'another start could not be answered',
      async (_event: unknown, _args: unknown, _folder: unknown, data: unknown) => (await opened)(startOf(data)),
    ),
  )
  opened.catch((error: unknown) => {
    log('entrypoint').error('the app could not be opened', error)
    const { message, hint = '' } = inEnglish(errorShape(error))
    dialog.showErrorBox(text.cannotStart, plain([message, hint].filter(Boolean).join('\n\n')))
    app.exit(1)
  })
}

/** Opens the app and its window; gives what answers another start. Throws what keeps them from opening. */
async function open(databasePath: string): Promise<(start: Start) => Promise<void>> {
  confineSession(session.defaultSession, page)
  protocol.handle(SCHEME.scheme, pageFrom(join(root, 'out/renderer')))
  const kalamos = await createApp({
    databasePath,
    entryPoint: 'window',
    fork: forkUtility,
    updatesItself: app.isPackaged,
    examine: ({ store }) =>
      examine({ databasePath, isOpenHere: true, newestSession: store.sessions.newestStart(), fork: forkUtility }),
    showFile: (path) => shell.showItemInFolder(path),
    choosePath: (wish) => choosePath(window.show(), wish),
    restart: () => closing.reopen(null),
  })
  let language = languageFor(
    (await kalamos.request('system.preferences', {})).language,
    app.getPreferredSystemLanguages(),
  )
  const text = (): (typeof DIALOG_TEXTS)[Language] => DIALOG_TEXTS[language]
  const window = new OperatorWindow(page, text)
  const closing = closeBeforeQuitting(
    () => Promise.all([window.placeKept(), kalamos.close()]).finally(() => currentLog()?.close()),
    text,
  )
  const showMenu = (): void => {
    const actions = {
      go: (name: string) => (closing.isUnderWay ? undefined : window.go(name)),
      showDatabase: () => shell.showItemInFolder(databasePath),
    }
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, MENU_TEXTS[language])))
  }

  // On macOS an app stays when its windows are closed, and a click on its icon opens one.
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' || closing.isUnderWay) app.quit()
  })
  app.on('activate', () => {
    if (!closing.isUnderWay) window.show()
  })
  kalamos.listen('system.preferencesChanged', (preferences) => {
    language = languageFor(preferences.language, app.getPreferredSystemLanguages())
    showMenu()
  })
  stayAwake(kalamos)
  if (app.isPackaged) lookForUpdates(kalamos, { language: () => language, reopen: () => closing.reopen(null) })
  serveWindow(ipcMain, kalamos, page)
  showMenu()
  window.show()
  return answerAnotherStart({ databasePath, closing, show: () => window.show(), text })
}
