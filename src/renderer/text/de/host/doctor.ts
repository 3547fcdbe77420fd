import type { doctor as english } from '../../../../shared/messages/en/doctor.ts'
import type { Translation } from '../../../../shared/messages/render.ts'

/** What the check of the system says. */
export const doctor: Translation<typeof english> = {
  'doctor.hid-devices': 'HID-Geräte',
  'doctor.serial-ports': 'Serielle Schnittstellen',
}
