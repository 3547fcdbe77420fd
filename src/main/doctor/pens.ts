import { accessSync, constants, readdirSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorShape } from '../../shared/errors.ts'
import type { Finding } from '../../shared/api/system.ts'
import { loadHid } from '../pen/transports/hid.ts'
import { listSerialPorts } from '../pen/transports/serial.ts'

/** Whether pens can be reached: the libraries, and on Linux the rights to the device files. */
export async function examinePens(): Promise<Finding[]> {
  const findings = [await serial(), await hid()]
  if (process.platform !== 'linux') return findings
  return [
    ...findings,
    await rights('Right to serial ports', /^tty(USB|ACM)\d+$/, joinGroup),
    await rights('Right to HID devices', /^hidraw\d+$/, () => HIDRAW_RULE),
  ]
}

const HIDRAW_RULE =
  'A udev rule is missing: put KERNEL=="hidraw*", SUBSYSTEM=="hidraw", TAG+="uaccess" into ' +
  '/etc/udev/rules.d/70-pens.rules, run "sudo udevadm control --reload" and plug the pen in again.'

async function serial(): Promise<Finding> {
  const found = { topic: 'pen access', name: 'Serial ports' } as const
  try {
    const { ports, problem } = await listSerialPorts()
    if (problem !== null) return failed(found, problem)
    return {
      ...found,
      ok: true,
      detail: ports.length === 0 ? 'can be listed; none is plugged in' : ports.map(({ path }) => path).join(', '),
      hint: null,
    }
  } catch (error) {
    return failed(found, error)
  }
}

async function hid(): Promise<Finding> {
  const found = { topic: 'pen access', name: 'HID devices' } as const
  try {
    const hid = loadHid()
    if ('reason' in hid) return failed(found, hid.reason)
    const devices = await hid.library.devicesAsync()
    return { ...found, ok: true, detail: `can be listed; ${devices.length} found`, hint: null }
  } catch (error) {
    return failed(found, error)
  }
}

function failed(found: Pick<Finding, 'topic' | 'name'>, error: unknown): Finding {
  const { message, hint } = errorShape(error)
  return { ...found, ok: false, detail: message, hint: hint ?? null }
}

/** Whether the device files that are there may be opened. */
async function rights(
  name: string,
  pattern: RegExp,
  wayOut: (group: string) => string,
  folder = '/dev',
): Promise<Finding> {
  const files = readdirSync(folder)
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name))
  const found = { topic: 'pen access', name } as const
  if (files.length === 0) return { ...found, ok: true, detail: 'nothing is plugged in to be denied', hint: null }
  const denied = files.filter((file) => !isOpenTo(file))
  if (denied.length === 0) return { ...found, ok: true, detail: files.join(', '), hint: null }
  return {
    ...found,
    ok: false,
    detail: `${denied.join(', ')} may not be opened by this user`,
    hint: wayOut(await groupOf(denied[0]!)),
  }
}

function joinGroup(group: string): string {
  return `Join the group "${group}" with "sudo usermod -aG ${group} $USER" and log in again.`
}

function isOpenTo(file: string): boolean {
  try {
    accessSync(file, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** The name of the group that owns a file; Debian's `dialout` where the system does not say. */
async function groupOf(file: string): Promise<string> {
  try {
    const { gid } = statSync(file)
    const groups = (await readFile('/etc/group', 'utf8')).split('\n').map((line) => line.split(':'))
    return groups.find(([, , id]) => Number(id) === gid)?.[0] ?? 'dialout'
  } catch {
    return 'dialout'
  }
}
