import type { Device } from '../../shared/api/devices.ts'
import type { Writer } from '../../shared/api/writers.ts'
import { writesVirtually } from '../../shared/api/devices.ts'
import { KalamosError } from '../../shared/errors.ts'

/**
 * What a simulation writes never becomes a real writer's, nor a re-enacted one's: every figure about that person would lie.
 * Throws `conflict`.
 */
export function refuseVirtualWords(
  device: Pick<Device, 'kind' | 'virtual' | 'name'>,
  writer: Pick<Writer, 'name' | 'virtual' | 'reenacted'>,
): void {
  if (!writesVirtually(device) || (writer.virtual && writer.reenacted !== true)) return
  throw new KalamosError(
    'conflict',
    writer.virtual
      ? `What ${device.name} writes is virtual, and ${writer.name} is re-enacted.`
      : `What ${device.name} writes is virtual, and ${writer.name} is a real writer.`,
    'Choose or create a virtual writer, or take a real pen.',
  )
}
