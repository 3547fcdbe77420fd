import { existsSync, readdirSync } from 'node:fs'
import type * as Serial from 'serialport'
import { KalamosError } from '../../../shared/errors.ts'
import { guarded, inBackground } from '../../process/background.ts'
import { roomForFiles } from '../../files/descriptors.ts'
import { native } from '../../native/libraries.ts'
import type { Transport, TransportSink } from './transport.ts'

/** A serial port: USB, Bluetooth or a pty. Opened for this app alone. */
export class SerialTransport implements Transport {
  readonly path: string
  readonly baudRate: number
  /** Vendor, product and serial number of what was plugged in here; null where it has none. */
  #identity: string | null = null
  #port: Serial.SerialPort | null = null

  constructor(path: string, baudRate: number) {
    this.path = path
    this.baudRate = baudRate
  }

  async open(sink: TransportSink): Promise<void> {
    const path = await this.#whereNow()
    const { SerialPort } = native('serial')
    const port = new SerialPort({ path, baudRate: this.baudRate, autoOpen: false })
    await new Promise<void>((resolve, reject) => {
      port.open((error) => (error ? reject(serialError(path, error)) : resolve()))
    })
    this.#port = port
    inBackground('pens', 'a port could not be identified', async () => {
      const identity = await identityOf(path)
      this.#identity ??= identity
    })
    const gone = (reason: Error | null) => {
      if (this.#port !== port) return
      this.#port = null
      port.removeAllListeners('data')
      if (port.isOpen) port.close(() => undefined)
      sink.gone(reason ? serialError(this.path, reason) : null)
    }
    port.on(
      'data',
      guarded('pens', 'bytes could not be taken', (chunk: Buffer) => sink.bytes(chunk)),
    )
    port.on(
      'close',
      guarded('pens', 'a port that went away could not be left', (reason: Error | null) => gone(reason ?? null)),
    )
    port.on(
      'error',
      guarded('pens', 'a port that failed could not be left', (error: Error) => gone(error)),
    )
  }

  async close(): Promise<void> {
    const port = this.#port
    this.#port = null
    if (!port) return
    port.removeAllListeners('data')
    if (!port.isOpen) return
    await new Promise<void>((resolve) => port.close(() => resolve()))
  }

  /** The port's path; after a replug the system may have given the same device another one. */
  async #whereNow(): Promise<string> {
    if (this.#identity === null || (await identityOf(this.path)) === this.#identity) return this.path
    const { ports } = await listPorts().catch(() => NOTHING)
    return ports.find((port) => identity(port) === this.#identity)?.path ?? this.path
  }

  async present(): Promise<boolean> {
    const path = this.#port?.path ?? this.path
    if (process.platform !== 'win32') return existsSync(path)
    const { ports } = await listPorts()
    return ports.some((port) => port.path === path)
  }
}

/** What the system lists. Where Linux lacks udevadm, which tells what is behind a port, only paths are known. Throws `unavailable` where no file can be opened. */
async function listPorts(): Promise<{ ports: Port[]; problem: KalamosError | null }> {
  const { SerialPort } = native('serial')
  // On Linux the library starts udevadm.
  if (process.platform === 'linux' && !roomForFiles()) throw tooManyFiles()
  try {
    return { ports: await SerialPort.list(), problem: null }
  } catch (error) {
    if (!isMissingProgram(error, 'udevadm')) throw error
    return { ports: portsByPath(), problem: withoutUdevadm(error) }
  }
}

function tooManyFiles(): KalamosError {
  return new KalamosError(
    'unavailable',
    'Serial ports cannot be searched now: too many files are open.',
    'Close windows of Kalamos that nobody needs; the search goes on by itself.',
  )
}

/** Whether an error says that a program that was to be started is not installed. */
function isMissingProgram(error: unknown, program: string): error is Error {
  const { code, syscall } = error as NodeJS.ErrnoException
  return code === 'ENOENT' && syscall === `spawn ${program}`
}

function withoutUdevadm(cause: Error): KalamosError {
  return new KalamosError(
    'unavailable',
    'The program udevadm is missing: serial ports are listed by their paths alone, and a pen that comes back on another port is not known again.',
    'Install it (Debian and Ubuntu: sudo apt install udev). Serial ports can be opened by their paths all the same.',
    { cause },
  )
}

/** The device files of serial ports of USB and Bluetooth. */
function portsByPath(folder = '/dev'): Port[] {
  return readdirSync(folder)
    .filter((name) => /^(tty(USB|ACM)|rfcomm)\d+$/.test(name))
    .map((name) => ({
      path: `${folder}/${name}`,
      manufacturer: undefined,
      serialNumber: undefined,
      pnpId: undefined,
      locationId: undefined,
      vendorId: undefined,
      productId: undefined,
    }))
}

type Port = Awaited<ReturnType<typeof Serial.SerialPort.list>>[number]
const NOTHING: { ports: Port[] } = { ports: [] }

function identity(port: Port): string | null {
  return port.serialNumber ? `${port.vendorId}:${port.productId}:${port.serialNumber}` : null
}

/** Null where the system cannot say: then the path is all there is to go by. */
async function identityOf(path: string): Promise<string | null> {
  const { ports } = await listPorts().catch(() => NOTHING)
  const port = ports.find((candidate) => candidate.path === path)
  return port ? identity(port) : null
}

/** A port as the system lists it. */
export interface SerialListing {
  path: string
  name: string
  detail: string
}

/**
 * The ports that belong to a device; a PC's bare UARTs without one are left out. `problem` says what is not known of them
 * here. Throws `unavailable` where there is no serial library.
 */
export async function listSerialPorts(): Promise<{ ports: SerialListing[]; problem: KalamosError | null }> {
  const { ports, problem } = await listPorts()
  const listings = ports
    .filter((port) => port.vendorId !== undefined || port.pnpId !== undefined || !/\/ttyS\d+$/.test(port.path))
    .map((port) => {
      const ids = port.vendorId && port.productId ? ` · ${port.vendorId}:${port.productId}` : ''
      const serial = port.serialNumber ? ` · ${port.serialNumber}` : ''
      return { path: port.path, name: port.manufacturer ?? 'Serial port', detail: `${port.path}${ids}${serial}` }
    })
  return { ports: listings, problem }
}

/** What the system said about a port, as an error that names the way out. */
export function serialError(path: string, cause: Error, platform: NodeJS.Platform = process.platform): KalamosError {
  const said = cause.message
  const options = { cause }
  if (
    /cannot lock|busy|temporarily unavailable/i.test(said) ||
    (platform === 'win32' && /access (is )?denied/i.test(said))
  ) {
    return new KalamosError(
      'device-busy',
      `${path} is in use by another program.`,
      'Close the other program (a serial monitor, a second window of this app) and open the device again.',
      options,
    )
  }
  if (/permission denied|access (is )?denied|not permitted/i.test(said)) {
    return new KalamosError('device-denied', `This account may not open ${path}.`, deniedHint(platform), options)
  }
  if (
    /no such file|file not found|no such device|not configured|does not exist|disconnected|input\/output error|bad file descriptor/i.test(
      said,
    )
  ) {
    return new KalamosError(
      'device-gone',
      `${path} is gone.`,
      'Plug the device in again; it is opened as soon as it is back.',
      options,
    )
  }
  return new KalamosError(
    'device-gone',
    `${path} could not be used: ${said.replace(/^Error:\s*/g, '')}`,
    'Check that this is the port of the pen, then plug it in again.',
    options,
  )
}

function deniedHint(platform: NodeJS.Platform): string {
  if (platform !== 'linux') return 'Give this account the right to use serial ports.'
  return 'Join the group that owns serial ports (sudo usermod -aG dialout $USER; on Arch the group is uucp) and log in again, or add the udev rule SUBSYSTEM=="tty", TAG+="uaccess".'
}
