import { powerSaveBlocker } from 'electron'
import type { App } from '../../app/app.ts'

/** Keeps the system from sleeping while something is recorded or trained. The screen may go dark. */
export function stayAwake(kalamos: Pick<App, 'listen'>): void {
  const busy = new Set<string>()
  let blocker: number | undefined
  const note = (what: string, isBusy: boolean): void => {
    if (isBusy) busy.add(what)
    else busy.delete(what)
    if (busy.size > 0) blocker ??= powerSaveBlocker.start('prevent-app-suspension')
    else if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker)
      blocker = undefined
    }
  }
  kalamos.listen('record.changed', (session) => note('recording', session !== null))
  kalamos.listen('runs.changed', ({ id, state }) =>
    note(`run ${id}`, state === 'queued' || state === 'preparing' || state === 'running'),
  )
}
