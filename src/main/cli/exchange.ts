import type { Api } from '../../shared/api.ts'
import { guarded } from '../background.ts'
import type { Terminal } from './terminal.ts'

/** Runs an import or export that Ctrl-C cancels, and tells every tenth of it. */
export async function cancelOn<T>(api: Api, terminal: Terminal, work: () => Promise<T>): Promise<T> {
  const cancel = guarded('exchange', 'it could not be cancelled', () => api.request('exchange.cancel', {}))
  let tenth = 0
  const stop = api.on('exchange.progress', ({ share, recordings }) => {
    const now = Math.floor(share * 10)
    if (now > tenth && now < 10) terminal.err(`${now * 10} %, ${recordings} recordings\n`)
    tenth = Math.max(tenth, now)
  })
  terminal.signal.addEventListener('abort', cancel)
  try {
    const running = work()
    if (terminal.signal.aborted) cancel()
    return await running
  } finally {
    terminal.signal.removeEventListener('abort', cancel)
    stop()
  }
}
