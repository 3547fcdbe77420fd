import { expect, test } from 'vitest'
import { NATIVE_NAMES, native, tryNative } from '../../src/main/native/libraries.ts'
import { nativeReason } from '../../src/main/native/reason.ts'
import { listSerialPorts } from '../../src/main/pen/transports/serial.ts'

const purpose = {
  lost: (said: string) => `HID devices cannot be reached: ${said}`,
  remains: 'Serial devices work without it.',
}

test.each(NATIVE_NAMES)('%s answers its first call on this machine, or gives a reason with a way out', (name) => {
  const result = tryNative(name)
  if ('reason' in result)
    expect(result.reason).toMatchObject({ code: 'unavailable', hint: expect.stringMatching(/install/i) as unknown })
  else expect(native(name)).toBe(result.library)
})

test('a library that loads and fails at its first call is a reason, not an exception', () => {
  const missing = 'libusb-1.0.so.0: cannot open shared object file: No such file or directory'
  const lazy = {
    setDriverType: () => undefined,
    getHidapiVersion: () => {
      throw new Error(missing)
    },
  }
  expect(tryNative('hid', () => lazy)).toMatchObject({
    reason: {
      code: 'unavailable',
      message: `HID devices cannot be reached: ${missing}`,
      hint: expect.stringContaining('sudo apt install libusb-1.0-0') as unknown,
    },
  })
})

test.each([
  ['libudev.so.1: cannot open shared object file: No such file or directory', /sudo apt install libudev1/],
  ['libunknown.so.3: cannot open shared object file: No such file or directory', /system library libunknown\.so\.3\./],
  ['libc.musl-x86_64.so.1: cannot open shared object file: No such file or directory', /another C library/],
  ["/lib/x86_64-linux-gnu/libm.so.6: version `GLIBC_2.35' not found (required by x.node)", /too old/],
  ['x.node: invalid ELF header', /another kind of machine/],
  ['No native build was found for platform=linux arch=riscv64', /^Install Kalamos anew/],
])('%s: the way out is named, and what works without it', (said, wayOut) => {
  const { hint } = nativeReason(purpose, new Error(`${said}\nRequire stack: …`))
  expect(hint).toMatch(wayOut)
  expect(hint).toContain('Serial devices work without it.')
})

test.runIf(process.platform === 'linux')(
  'without udevadm ports are listed by their paths, and what is lost is said',
  async () => {
    const { PATH } = process.env
    process.env['PATH'] = '/nowhere'
    try {
      const { ports, problem } = await listSerialPorts()
      expect(ports).toBeInstanceOf(Array)
      expect(problem).toMatchObject({
        code: 'unavailable',
        hint: expect.stringMatching(/sudo apt install udev.*opened by their paths/) as unknown,
      })
    } finally {
      process.env['PATH'] = PATH
    }
  },
)
