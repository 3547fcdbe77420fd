import { SvelteMap } from 'svelte/reactivity'
import { KalamosError } from '../../shared/errors.ts'
import { t } from '../text/index.ts'
import type { FileLine, Sendable } from '../transport/file-line.ts'

/**
 * Files between this machine and that of the host, where the window came through the browser server: into a folder of
 * the host's own, whose paths everything else takes like any other path.
 */
export class Transfers {
  readonly #line: FileLine | null
  readonly #folders = new SvelteMap<string, string>()
  #stop: AbortController | null = null
  /** What is being sent, and how much of it is there; null while nothing is. */
  sending = $state.raw<{ name: string; share: number } | null>(null)

  constructor(line: FileLine | null) {
    this.#line = line
  }

  /** Whether there are two machines, or may be. */
  get possible(): boolean {
    return this.#line !== null
  }

  /**
   * Sends files, and gives the path on the host: of the file, or of the folder where there are more. Throws
   * `cancelled`.
   */
  async send(files: readonly Sendable[], { lasts = false } = {}): Promise<string> {
    const line = this.#needed()
    const [first] = files
    if (first === undefined) throw new KalamosError('invalid-input', t.places.noFiles)
    const all = files.reduce((sum, { file }) => sum + file.size, 0)
    const stop = (this.#stop = new AbortController())
    this.sending = { name: first.file.name, share: 0 }
    const { id, folder } = await line.open({ lasts })
    this.#folders.set(id, folder)
    try {
      let [sent, path] = [0, '']
      for (const each of files) {
        const tell = (bytes: number): void =>
          void (this.sending = { name: each.file.name, share: all === 0 ? 0 : (sent + bytes) / all })
        path = await line.send(id, each, tell, stop.signal)
        sent += each.file.size
      }
      const [top = '', ...below] = first.place.split('/')
      if (files.length === 1 && below.length === 0) return path
      return below.length === 0 ? folder : `${folder}${folder.includes('\\') ? '\\' : '/'}${top}`
    } catch (error) {
      // On a slow line the host hears of it late; whoever cancels does not wait for that.
      void this.discard(folder)
      throw error
    } finally {
      this.sending = null
      this.#stop = null
    }
  }

  cancel(): void {
    this.#stop?.abort()
  }

  /** A folder of the host: what is written there, `deliver` brings here. */
  async open(): Promise<string> {
    const { id, folder } = await this.#needed().open()
    this.#folders.set(id, folder)
    return folder
  }

  /** Whether a path lies in a folder that files go through. */
  holds(path: string): boolean {
    return this.#idOf(path) !== undefined
  }

  /** Lets the browser save what was written at a path, where that is meant to come here. */
  async deliver(path: string): Promise<void> {
    const id = this.#idOf(path)
    if (id !== undefined) await this.#needed().fetch(id)
  }

  /**
   * What was sent is not needed any more, unless the next path lies in the same folder. That it cannot be said is no
   * problem: the host removes it when it ends.
   */
  async discard(path: string, next = ''): Promise<void> {
    const id = this.#idOf(path)
    if (id === undefined || id === this.#idOf(next)) return
    this.#folders.delete(id)
    await this.#needed()
      .discard(id)
      .catch(() => undefined)
  }

  #idOf(path: string): string | undefined {
    return [...this.#folders].find(([, folder]) => path.startsWith(folder))?.[0]
  }

  #needed(): FileLine {
    if (this.#line === null) throw new Error('a window of the machine itself sends no files')
    return this.#line
  }
}
