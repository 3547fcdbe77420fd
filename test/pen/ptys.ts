import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SerialPort } from 'serialport'
import { vi } from 'vitest'
import { PATIENCE } from '../support/patience.ts'

export const socatFound = spawnSync('socat', ['-V']).status === 0

/** A pair of ptys: a real serial line without a cable. `pen` is the device's end, `host` the app's. */
export class PtyPair {
  readonly folder = mkdtempSync(join(tmpdir(), 'kalamos-pty-'))
  readonly host = join(this.folder, 'host')
  readonly pen = join(this.folder, 'pen')
  #socat: ChildProcess | null = null
  #writer: SerialPort | null = null

  static async plugged(): Promise<PtyPair> {
    const pair = new PtyPair()
    await pair.plug()
    return pair
  }

  async plug(): Promise<void> {
    this.#socat = spawn('socat', [`pty,raw,echo=0,link=${this.host}`, `pty,raw,echo=0,link=${this.pen}`], {
      stdio: 'ignore',
    })
    await until(() => existsSync(this.host) && existsSync(this.pen))
    const writer = new SerialPort({ path: this.pen, baudRate: 115_200, autoOpen: false, lock: false })
    await new Promise<void>((resolve, reject) => writer.open((error) => (error ? reject(error) : resolve())))
    // A pty that is pulled out while bytes wait in it fails to write: that is what these tests do to it.
    writer.on('error', () => undefined)
    this.#writer = writer
  }

  /** Pulls the plug: both ends vanish at once. */
  async unplug(): Promise<void> {
    const socat = this.#socat
    this.#socat = null
    const writer = this.#writer
    this.#writer = null
    if (socat && socat.exitCode === null) {
      const ended = new Promise((resolve) => socat.once('exit', resolve))
      socat.kill()
      await ended
    }
    if (writer?.isOpen) await new Promise<void>((resolve) => writer.close(() => resolve()))
  }

  write(bytes: Uint8Array): Promise<void> {
    const writer = this.#writer
    if (!writer) throw new Error('the pty pair is unplugged')
    return new Promise((resolve, reject) => {
      writer.write(Buffer.from(bytes))
      writer.drain((error) => (error ? reject(error) : resolve()))
    })
  }

  /**
   * Writes the same bytes again and again, until it is told to stop. Whoever reads may have gone by then: what is still
   * on its way is lost.
   */
  pour(bytes: Uint8Array, everyMs: number): () => void {
    const pouring = setInterval(() => void this.write(bytes).catch(() => undefined), everyMs)
    return () => clearInterval(pouring)
  }

  async remove(): Promise<void> {
    await this.unplug()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Waits until something is so, for as long as it takes on a machine that has other things to do. */
export async function until(condition: () => boolean): Promise<void> {
  await vi.waitFor(() => {
    if (!condition()) throw new Error(`never happened: ${condition.toString()}`)
  }, PATIENCE)
}
