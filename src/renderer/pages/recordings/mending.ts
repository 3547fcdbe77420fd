import type { App } from '../../state/app.svelte.ts'
import type { Words } from '../../state/notices.svelte.ts'
import { t } from '../../text/index.ts'
import { hostMessage } from '../../text/host-message.ts'

/** Does an edit and tells of it, with the way back beside it. Resolves to whether it went well. */
export async function mend({ edits, notices }: App, work: () => Promise<Words | null>): Promise<boolean> {
  return await notices.attempt(async () => {
    const done = await work()
    if (done !== null)
      notices.add('info', done, { action: { label: () => t.app.undo, run: () => void undo({ edits, notices }) } })
  })
}

/** Takes the last edit back and says which it was. */
export async function undo({ edits, notices }: Pick<App, 'edits' | 'notices'>): Promise<void> {
  await notices.attempt(async () => {
    const undone = await edits.undo()
    notices.add(
      'success',
      () => (undone === null ? t.recordings.nothingUndone : t.recordings.undone(hostMessage(undone))),
      {
        action: undone === null ? null : { label: () => t.review.redo, run: () => void redo({ edits, notices }) },
      },
    )
  })
}

export async function redo({ edits, notices }: Pick<App, 'edits' | 'notices'>): Promise<void> {
  await notices.attempt(async () => {
    const redone = await edits.redo()
    notices.add('success', () => (redone === null ? t.review.nothingRedone : t.review.redone(hostMessage(redone))))
  })
}

/** Ctrl+Z takes back, Ctrl+Shift+Z and Ctrl+Y do again. Gives back whether the key was one of them. */
export function undoKey(event: KeyboardEvent, app: App): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false
  const key = event.key.toLowerCase()
  if (key !== 'z' && !(key === 'y' && !event.shiftKey)) return false
  event.preventDefault()
  void (key === 'z' && !event.shiftKey ? undo(app) : redo(app))
  return true
}
