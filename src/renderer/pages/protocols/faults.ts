import type { ProtocolFault } from '../../../shared/api/protocols.ts'
import { hostMessage } from '../../text/host-message.ts'

/** What is wrong at a place of a protocol or within it; undefined where nothing is. */
export type FaultAt = (...path: (string | number)[]) => string | undefined

export function faultsAt(faults: readonly ProtocolFault[]): FaultAt {
  return (...path) => {
    const fault = faults.find((each) => path.every((part, i) => each.path[i] === part))
    return fault === undefined ? undefined : hostMessage(fault.what)
  }
}
