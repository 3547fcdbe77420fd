import type { Api } from '../../../shared/api.ts'
import { cancelling } from './cancelling.ts'
import type { Terminal } from './terminal.ts'

/** Runs an import, an export or a preview that Ctrl-C cancels by `request`, and tells every tenth of it. */
export async function cancelOn<T>(
  api: Api,
  terminal: Terminal,
  work: () => Promise<T>,
  request: 'exchange.cancel' | 'exchange.cancelPreview' = 'exchange.cancel',
): Promise<T> {
  let tenth = 0
  const stop = api.on('exchange.progress', ({ share, recordings }) => {
    const now = Math.floor(share * 10)
    if (now > tenth && now < 10) terminal.err(`${now * 10} %, ${recordings} recordings\n`)
    tenth = Math.max(tenth, now)
  })
  try {
    return await cancelling(terminal.signal, () => api.request(request, {}), work)
  } finally {
    stop()
  }
}
