import { app } from 'electron'
import { argumentsFor } from './arguments.ts'
import type { DialogText } from './dialog-text.ts'
import { SavingWindow } from './saving.ts'

/** What closes sooner needs no word. */
const TELL_AFTER_MS = 500
/** Longer than a training is given to stop. */
const LIMIT_MS = 30_000

export interface Closing {
  readonly isUnderWay: boolean
  /** Starts Kalamos again once this one has ended, on another database where one is named. Begins to end it where that has not begun. */
  reopen(database: string | null): void
}

/**
 * Quitting waits until everything acknowledged is kept and pens and trainings have ended; a small window says so where it
 * takes a while. What has not ended after 30 s is left: what was acknowledged is in the database by then.
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
    const telling = setTimeout(tell, TELL_AFTER_MS)
    const limit = Promise.withResolvers<'left'>()
    const leaving = setTimeout(() => limit.resolve('left'), LIMIT_MS)
    // What went wrong while closing does not keep the app open.
    const end = await Promise.race([close().then(() => 'kept', () => 'kept'), limit.promise])
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
    void finish()
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
