import type { Adaptation, AdaptationOrder, StyleEstimate, ModelChoice } from '../../shared/api/adaptation.ts'
import type { Api, Output } from '../../shared/api.ts'
import type { RecordingSignal } from '../../shared/api/recordings.ts'
import type { Topic } from './topic.ts'
import { type Doubts, VersionDraft } from './version-draft.svelte.ts'

export type AdaptationPreview = Output<'adapt.preview'>
export type { Doubts } from './version-draft.svelte.ts'
export type Enrolment = Output<'adapt.enrolment'>
export type VersionComparison = Output<'adapt.compare'>
/** A recorded word to look at: its signal and the picture that belongs to its label. */
export interface SeenWord {
  signal: RecordingSignal
  image: Output<'review.image'>
}

/** Models fitted to one writer: what runs, what came of it, and which model reads whom. */
export class Adaptations implements Topic {
  readonly #api: Api
  /** Newest first. */
  all = $state.raw<Adaptation[]>([])
  choices = $state.raw<Readonly<Partial<Record<number, ModelChoice>>>>({})
  /** The writer looked at last. */
  writerId = $state<number | null>(null)
  /** Words to write that were asked for and wait on the Record page. */
  enrolment = $state.raw<{ writerId: number; prompts: readonly string[] } | null>(null)
  /** Another number once words, labels or models changed: what was found out about them before may be so no more. */
  material = $state(0)
  readonly #drafts: Partial<Record<number, VersionDraft>> = {}

  constructor(api: Api) {
    this.#api = api
  }

  async refresh(): Promise<void> {
    const [all] = await Promise.all([this.#api.request('adapt.list', {}), this.#askChoices()])
    this.all = all
    this.material++
  }

  listen(): () => void {
    const stop = [
      this.#api.on('adapt.changed', (changed) => this.#put(changed)),
      this.#api.on('adapt.deleted', ({ id }) => (this.all = this.all.filter((one) => one.id !== id))),
      this.#api.on('adapt.choice', () => (this.material++, void this.#askChoices())),
      this.#api.on('models.changed', () => (this.material++, void this.#askChoices())),
      this.#api.on('recordings.changed', () => this.material++),
    ]
    return () => stop.forEach((end) => end())
  }

  of(writerId: number): Adaptation[] {
    return this.all.filter((one) => one.writerId === writerId)
  }

  /** The version that is being set up for a writer. */
  draftFor(writerId: number): VersionDraft {
    return (this.#drafts[writerId] ??= new VersionDraft(this, writerId))
  }

  /** Which model reads somebody, on a device where one is named. */
  modelFor(writerId: number | null, deviceId: string | undefined): Promise<ModelChoice> {
    return this.#api.request('adapt.modelFor', { writerId, ...(deviceId === undefined ? {} : { deviceId }) })
  }

  preview(order: AdaptationOrder): Promise<AdaptationPreview> {
    return this.#api.request('adapt.preview', order)
  }

  doubts(writerId: number, modelId: number | null): Promise<Doubts> {
    return this.#api.request('adapt.doubtfulLabels', { writerId, modelId })
  }

  /** The style estimated from the writer's words; null where there is no estimate. */
  style(writerId: number): Promise<StyleEstimate | null> {
    return this.#api.request('adapt.style', { writerId })
  }

  /** Chooses words that cover the alphabet, and leaves them for the Record page. */
  async enrol(writerId: number): Promise<Enrolment> {
    const found = await this.#api.request('adapt.enrolment', { writerId })
    if (found.prompts.length > 0) this.enrolment = { writerId, prompts: found.prompts }
    return found
  }

  async start(order: AdaptationOrder): Promise<Adaptation> {
    return this.#put(await this.#api.request('adapt.start', order))
  }

  async act(
    what: 'adapt.cancel' | 'adapt.resume' | 'adapt.keep' | 'adapt.discard' | 'adapt.restore',
    id: number,
  ): Promise<Adaptation> {
    const changed = await this.#api.request(what, { id })
    // Another version of the same writer may have stopped being the active one.
    await this.refresh()
    return changed
  }

  async deactivate(writerId: number): Promise<void> {
    await this.#api.request('adapt.deactivate', { writerId })
    await this.refresh()
  }

  async delete(id: number): Promise<void> {
    await this.#api.request('adapt.delete', { id })
    await this.refresh()
  }

  async export(id: number, path: string): Promise<string[]> {
    return (await this.#api.request('adapt.export', { id, path })).files
  }

  compare(writerId: number, before: number, after: number): Promise<VersionComparison> {
    return this.#api.request('adapt.compare', { writerId, before, after })
  }

  async choose(writerId: number | null, modelId: number | null): Promise<void> {
    await this.#api.request('adapt.choose', { writerId, modelId })
    await this.#askChoices()
  }

  async look(recordingId: number): Promise<SeenWord> {
    const [signal, image] = await Promise.all([
      this.#api.request('recordings.get', { id: recordingId }),
      this.#api.request('review.image', { id: recordingId }),
    ])
    return { signal, image }
  }

  async #askChoices(): Promise<void> {
    const found = await this.#api.request('adapt.choices', {})
    this.choices = Object.fromEntries(found.map(({ writerId, choice }) => [writerId, choice]))
  }

  #put(changed: Adaptation): Adaptation {
    this.all = [changed, ...this.all.filter((one) => one.id !== changed.id)].sort((a, b) => b.id - a.id)
    return changed
  }
}

/** It is still being made. */
export function isUnderWay({ state }: Adaptation): boolean {
  return state === 'queued' || state === 'preparing' || state === 'running'
}
