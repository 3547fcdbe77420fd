import { dialog, type BrowserWindow } from 'electron'
import { isSameFile, type Start } from './arguments.ts'
import type { Closing } from './closing.ts'
import type { DialogText } from './dialog-text.ts'

export interface AnotherStart {
  /** The database that is open. */
  databasePath: string
  closing: Closing
  /** Brings the window to the front. */
  show(): BrowserWindow
  text(): DialogText
}

/**
 * Answers whoever starts Kalamos while it is open: the window comes to the front, and a database other than the open
 * one is named and offered. A Kalamos that is closing opens again afterwards.
 */
export function answerAnotherStart({
  databasePath,
  closing,
  show,
  text,
}: AnotherStart): (start: Start) => Promise<void> {
  const asked = new Set<string>()
  return async ({ database }) => {
    if (closing.isUnderWay) return closing.reopen(database)
    const window = show()
    if (database === null || asked.has(database) || isSameFile(database, databasePath)) return
    asked.add(database)
    const { message, detail, stay, change } = text().otherDatabase
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      title: 'Kalamos',
      message,
      detail: detail(databasePath, database),
      buttons: [stay, change],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    })
    asked.delete(database)
    if (response === 1) closing.reopen(database)
  }
}
