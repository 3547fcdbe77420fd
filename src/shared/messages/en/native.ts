/** Why a library with native code cannot be used, and what works without it. */
export const native = {
  'native.cpu-instead': 'Everything is computed on the CPU instead.',
  'native.hid-works-without': 'HID devices work without it.',
  'native.install-anew': 'Install Kalamos anew; in a checkout, delete the folder node_modules and start again.',
  'native.install-library': 'Install the system library {missing}.',
  'native.install-library-debian':
    'Install the system library {missing} (Debian and Ubuntu: sudo apt install {debian}).',
  'native.no-database': 'The database cannot be used: {said}',
  'native.no-hid': 'HID devices cannot be reached: {said}',
  'native.no-serial-ports': 'Serial ports cannot be reached: {said}',
  'native.no-webgpu': 'WebGPU cannot be used: {said}',
  'native.no-word-images': 'Word images cannot be drawn: {said}',
  'native.other-c-library': 'Its binary is for another C library than this system has.',
  'native.other-machine': 'Its binary is for another kind of machine.',
  'native.recording-works-without': 'Recording and reading work without it.',
  'native.serial-works-without': 'Serial devices work without it.',
  'native.system-too-old': 'This system is too old for it: it needs Debian 12, Ubuntu 22.04 or newer.',
} as const
