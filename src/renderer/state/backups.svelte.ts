import type { Api, Output } from '../../shared/api.ts'
import type { BackupProgress, BackupSummary } from '../../shared/api/backup.ts'
import type { Topic } from './topic.ts'

/** Backups of everything, and what lies ready to be restored. */
export class Backups implements Topic {
  readonly #api: Api
  state = $state.raw<Output<'backup.state'> | null>(null)
  running = $state.raw<BackupProgress | null>(null)

  constructor(api: Api) {
    this.#api = api
  }

  async refresh(): Promise<void> {
    this.state = await this.#api.request('backup.state', {})
    this.running = this.state.running
  }

  listen(): () => void {
    return this.#api.on('backup.progress', (progress) => {
      this.running = progress
      if (progress === null) void this.refresh().catch(() => undefined)
    })
  }

  make(path: string): Promise<BackupSummary> {
    return this.#api.request('backup.make', { path })
  }

  inspect(path: string): Promise<BackupSummary> {
    return this.#api.request('backup.inspect', { path })
  }

  async restore(path: string): Promise<void> {
    await this.#api.request('backup.restore', { path })
    await this.refresh()
  }

  async cancelRestore(): Promise<void> {
    await this.#api.request('backup.cancelRestore', {})
    await this.refresh()
  }

  async cancel(): Promise<void> {
    await this.#api.request('backup.cancel', {})
  }

  async restart(): Promise<void> {
    await this.#api.request('backup.restart', {})
  }
}
