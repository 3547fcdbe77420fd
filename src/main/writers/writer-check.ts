import type { Device } from '../../shared/api/devices.ts'
import type { Writer } from '../../shared/api/writers.ts'
import { writesVirtually } from '../../shared/api/devices.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'

/**
 * What a simulation writes never becomes a real writer's, nor a re-enacted one's: every figure about that person would
 * lie. Throws `conflict`.
 */
export function refuseVirtualWords(
  device: Pick<Device, 'kind' | 'virtual' | 'name'>,
  writer: Pick<Writer, 'name' | 'virtual' | 'reenacted'>,
): void {
  if (!writesVirtually(device) || (writer.virtual && writer.reenacted !== true)) return
  throw new KalamosError(
    'conflict',
    writer.virtual
      ? say('record.writes-virtual-reenacted-writer', { name: device.name, name2: writer.name })
      : say('record.writes-virtual-real-writer', { name: device.name, name2: writer.name }),
    say('record.choose-create-virtual-writer'),
  )
}
