import { app } from 'electron'
import { after, inBackground } from '../../process/background.ts'
import { log } from '../../log/index.ts'
import { argumentsFor } from './arguments.ts'
import type { DialogText } from './dialog-text.ts'
import { SavingWindow } from './saving.ts'

/** What closes sooner needs no word. */
const TELL_AFTER_MS = 500
/** Longer than a training is given to stop. */
const LIMIT_MS = 30_000

export interface Closing {
  readonly isUnderWay: boolean
  /**
   * Starts Kalamos again once this one has ended, on another database where one is named. Begins to end it where that
   * has not begun.
   */
  reopen(database: string | null): void
}

/**
 * Quitting waits until everything acknowledged is kept and pens and trainings have ended; a small window says so where
 * it takes a while. What has not ended after 30 s is left: what was acknowledged is in the database by then.
 */
export function closeBeforeQuitting(close: () => Promise<unknown>, text: () => DialogText): Closing {
  const window = new SavingWindow()
  let state: 'open' | 'closing' | 'closed' = 'open'
  let isTelling = false
  let next: string[] | undefined

  const tell = (): void => {
    isTelling = true
    window.show(text().closing, next !== undefined)
  }
  const finish = async (): Promise<void> => {
    const telling = after(
      TELL_AFTER_MS,
      'entrypoint',
      'the window that says that Kalamos is saving could not be shown',
      tell,
    )
    const limit = Promise.withResolvers<'left'>()
    const leaving = after(LIMIT_MS, 'app', 'closing could not be given up', () => limit.resolve('left'))
    // What went wrong while closing does not keep the app open.
    const closed = close().catch((error: unknown) => log('app').error('the app could not be closed in order', error))
    const end = await Promise.race([closed.then(() => 'kept'), limit.promise])
    if (end === 'left') log('app').error('closing took too long and was left')
    clearTimeout(telling)
    clearTimeout(leaving)
    state = 'closed'
    if (next !== undefined) app.relaunch({ args: next, ...appImage() })
    if (end === 'kept') app.quit()
    else app.exit(0)
  }
  app.on('will-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    inBackground('app', 'the app could not be closed', finish)
  })

  return {
    get isUnderWay() {
      return state !== 'open'
    },
    reopen(database) {
      next = argumentsFor(process.argv.slice(1), database)
      if (state === 'open') app.quit()
      else if (isTelling) tell()
    },
  }
}

/** The program inside an AppImage is gone once it has ended; the AppImage itself is what can be started again. */
function appImage(): { execPath?: string } {
  const file = process.env['APPIMAGE']
  return file === undefined ? {} : { execPath: file }
}
