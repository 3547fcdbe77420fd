import { existsSync } from 'node:fs'
import type * as Serial from 'serialport'
import { KalamosError } from '../../../shared/errors.ts'
import { guarded, inBackground } from '../../background.ts'
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
    const { SerialPort } = await serialLibrary()
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
    port.on('data', guarded('pens', 'bytes could not be taken', (chunk: Buffer) => sink.bytes(chunk)))
    port.on('close', guarded('pens', 'a port that went away could not be left', (reason: Error | null) => gone(reason ?? null)))
    port.on('error', guarded('pens', 'a port that failed could not be left', (error: Error) => gone(error)))
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
    const ports = await listPorts().catch(() => [])
    return ports.find((port) => identity(port) === this.#identity)?.path ?? this.path
  }

  async present(): Promise<boolean> {
    const path = this.#port?.path ?? this.path
    if (process.platform !== 'win32') return existsSync(path)
    const ports = await listPorts()
    return ports.some((port) => port.path === path)
  }
}

/** The serial library, loaded when it is first needed: without it the rest of the app runs. Throws `unavailable`. */
async function serialLibrary(): Promise<typeof Serial> {
  try {
    return await import('serialport')
  } catch (error) {
    const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    throw new KalamosError('unavailable', `Serial ports cannot be reached: ${said}`, 'Reinstall the app: the serial library of this platform is missing.', { cause: error })
  }
}

async function listPorts(): Promise<Port[]> {
  const { SerialPort } = await serialLibrary()
  return SerialPort.list()
}

type Port = Awaited<ReturnType<typeof Serial.SerialPort.list>>[number]

function identity(port: Port): string | null {
  return port.serialNumber ? `${port.vendorId}:${port.productId}:${port.serialNumber}` : null
}

/** Null where the system cannot say: then the path is all there is to go by. */
async function identityOf(path: string): Promise<string | null> {
  const ports = await listPorts().catch(() => [])
  const port = ports.find((candidate) => candidate.path === path)
  return port ? identity(port) : null
}

/** A port as the system lists it. */
export interface SerialListing {
  path: string
  name: string
  detail: string
}

/** The ports that belong to a device; a PC's bare UARTs without one are left out. */
export async function listSerialPorts(): Promise<SerialListing[]> {
  const ports = await listPorts()
  return ports
    .filter((port) => port.vendorId !== undefined || port.pnpId !== undefined || !/\/ttyS\d+$/.test(port.path))
    .map((port) => {
      const ids = port.vendorId && port.productId ? ` · ${port.vendorId}:${port.productId}` : ''
      const serial = port.serialNumber ? ` · ${port.serialNumber}` : ''
      return { path: port.path, name: port.manufacturer ?? 'Serial port', detail: `${port.path}${ids}${serial}` }
    })
}

/** What the system said about a port, as an error that names the way out. */
export function serialError(path: string, cause: Error, platform: NodeJS.Platform = process.platform): KalamosError {
  const said = cause.message
  const options = { cause }
  if (/cannot lock|busy|temporarily unavailable/i.test(said) || (platform === 'win32' && /access (is )?denied/i.test(said))) {
    return new KalamosError('device-busy', `${path} is in use by another program.`, 'Close the other program (a serial monitor, a second window of this app) and open the device again.', options)
  }
  if (/permission denied|access (is )?denied|not permitted/i.test(said)) {
    return new KalamosError('device-denied', `This account may not open ${path}.`, deniedHint(platform), options)
  }
  if (/no such file|file not found|no such device|not configured|does not exist|disconnected|input\/output error|bad file descriptor/i.test(said)) {
    return new KalamosError('device-gone', `${path} is gone.`, 'Plug the device in again; it is opened as soon as it is back.', options)
  }
  return new KalamosError('device-gone', `${path} could not be used: ${said.replace(/^Error:\s*/g, '')}`, 'Check that this is the port of the pen, then plug it in again.', options)
}

function deniedHint(platform: NodeJS.Platform): string {
  if (platform !== 'linux') return 'Give this account the right to use serial ports.'
  return 'Join the group that owns serial ports (sudo usermod -aG dialout $USER; on Arch the group is uucp) and log in again, or add the udev rule SUBSYSTEM=="tty", TAG+="uaccess".'
}
