import type { Device, DeviceProfile } from '../../../shared/api/devices.ts'
import { errorShape } from '../../../shared/errors.ts'
import { say } from '../../../shared/messages/index.ts'
import { inBackground } from '../../process/background.ts'
import type { Events } from '../../process/events.ts'

interface Recalling {
  pens: { open(deviceId: string, profileId: string): Promise<Device> }
  profiles: { list(): DeviceProfile[] }
  events: Events
  /** Whether recordings or a calibration are being made with a pen, so that its profile must stay. */
  busy: (deviceId: string) => boolean
}

/**
 * Opens a pen that was calibrated before with the profile of its calibration, once it has told its serial number.
 * Whoever chooses another profile afterwards keeps that one until the pen is unplugged. Gives back how to stop.
 */
export function restoreSensorCalibrations({ pens, profiles, events, busy }: Recalling): () => void {
  /** The pens that were looked at since they were plugged, by device. */
  const seen = new Map<string, string>()

  function look(device: Device): void {
    const { id, serial, state } = device
    if (state !== 'streaming' || serial === undefined || serial === '' || seen.get(id) === serial || busy(id)) return
    seen.set(id, serial)
    const known = profiles.list()
    const current = known.find((profile) => profile.id === device.profileId)
    const own = calibrationOf(
      serial,
      known.filter(({ codec }) => codec === current?.codec),
    )
    if (own !== undefined && own.id !== current?.id)
      inBackground('calibration', 'a calibrated pen could not be opened', () => reopen(device, own))
  }

  async function reopen({ id, name }: Device, profile: DeviceProfile): Promise<void> {
    try {
      await pens.open(id, profile.id)
      events.emit('system.notice', {
        level: 'info',
        message: say('pen.calibrated-before-open-profile', { name, name2: profile.name }),
        hint: say('pen.choose-another-profile-device'),
      })
    } catch (error) {
      const { message, hint } = errorShape(error)
      events.emit('system.notice', {
        level: 'warning',
        message: say('pen.calibrated-before-but-cannot', { name, name2: profile.name, message }),
        hint: hint ?? null,
      })
    }
  }

  return events.on('devices.changed', (devices) => {
    for (const id of seen.keys()) if (!devices.some((device) => device.id === id)) seen.delete(id)
    for (const device of devices) if (device.kind === 'serial' || device.kind === 'hid') look(device)
  })
}

/** The profile of a pen's latest calibration. */
function calibrationOf(serial: string, profiles: readonly DeviceProfile[]): DeviceProfile | undefined {
  const own = profiles.filter(({ calibrated }) => calibrated?.pen === serial)
  return own.sort((a, b) => b.calibrated!.at - a.calibrated!.at)[0]
}
