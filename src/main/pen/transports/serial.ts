import { existsSync, readdirSync } from 'node:fs'
import type * as Serial from 'serialport'
import { KalamosError } from '../../../shared/errors.ts'
import { say, type Said } from '../../../shared/messages/index.ts'
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

/**
 * What the system lists. Where Linux lacks udevadm, which tells what is behind a port, only paths are known. Throws
 * `unavailable` where no file can be opened.
 */
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
    say('pen.serial-ports-cannot-searched'),
    say('pen.close-windows-kalamos-nobody'),
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
    say('pen.program-udevadm-missing-serial'),
    say('pen.install-debian-ubuntu-sudo'),
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
 * The ports that belong to a device; a PC's bare UARTs without one are left out. `problem` says what is not known of
 * them here. Throws `unavailable` where there is no serial library.
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
      say('pen.use-another-program', { path }),
      say('pen.close-other-program-serial'),
      options,
    )
  }
  if (/permission denied|access (is )?denied|not permitted/i.test(said)) {
    return new KalamosError('device-denied', say('pen.account-not-open', { name: path }), deniedHint(platform), options)
  }
  if (
    /no such file|file not found|no such device|not configured|does not exist|disconnected|input\/output error|bad file descriptor/i.test(
      said,
    )
  ) {
    return new KalamosError('device-gone', say('record.gone', { path }), say('pen.plug-device-again-opened'), options)
  }
  return new KalamosError(
    'device-gone',
    say('pen.not-used', { path, said: said.replace(/^Error:\s*/g, '') }),
    say('pen.check-port-pen-plug'),
    options,
  )
}

function deniedHint(platform: NodeJS.Platform): Said {
  if (platform !== 'linux') return say('pen.give-account-right-use')
  return say('pen.join-group-owns-serial')
}
