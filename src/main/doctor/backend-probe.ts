import { errorShape } from '../../shared/errors.ts'
import { chooseBackend, type BackendName } from '../ml/backend.ts'

/** What the probe says of one backend. */
export interface Probe {
  name: string
  ok: boolean
  detail: string
}

/** Entry of a process that tries the backends named as its arguments, in a process of its own since a driver may take it down. */
for (const name of process.argv.slice(2)) process.send?.(await probe(name as BackendName))
process.disconnect?.()

async function probe(name: BackendName): Promise<Probe> {
  try {
    const { reason } = await chooseBackend(name)
    return { name, ok: true, detail: reason.replace(/^asked for: /, '') }
  } catch (error) {
    return { name, ok: false, detail: errorShape(error).message.replace(/^no compute backend works \(\w+: (.*)\)$/s, '$1') }
  }
}
