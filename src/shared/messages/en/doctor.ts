/** What the check of the system says. */
export const doctor = {
  'doctor.hid-devices': 'HID devices',
  'doctor.serial-ports': 'Serial ports',
} as const
