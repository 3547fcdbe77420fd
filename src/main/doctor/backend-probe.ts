import * as v from 'valibot'
import { saidBy } from '../../shared/errors.ts'
import { english } from '../../shared/messages/index.ts'
import { inBackground } from '../process/background.ts'
import { chooseBackend, type BackendName } from '../compute/backend.ts'
import { findParent } from '../process/parent.ts'
import { ToProbe, type FromProbe, type Probe } from './probe-messages.ts'

/** Entry of a process that tries the backends it is told, and then waits to be ended. */

const parent = findParent()
const tell = (message: FromProbe): void => parent.send(message)

parent.onMessage((message) => {
  inBackground('app', 'backends could not be tried', () => tryAll(v.parse(ToProbe, message).names))
})
parent.onGone(() => process.exit(0))
tell({ type: 'ready' })

async function tryAll(names: readonly BackendName[]): Promise<void> {
  for (const name of names) tell({ type: 'tried', probe: await probe(name) })
}

async function probe(name: BackendName): Promise<Probe> {
  try {
    const { reason } = await chooseBackend(name)
    return { name, ok: true, detail: reason.replace(/^asked for: /, '') }
  } catch (error) {
    return {
      name,
      ok: false,
      detail: english(saidBy(error)).replace(/^no compute backend works \(\w+: (.*)\)$/s, '$1'),
    }
  }
}
