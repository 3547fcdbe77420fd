import * as v from 'valibot'
import { TrainingConfig } from '../../shared/api/training.ts'
import type { SaidEncoding } from '../../shared/encoding.ts'
import { errorShape, type ErrorShape } from '../../shared/errors.ts'
import { TabStorage } from './tab-storage.ts'
import type { Preview, Runs } from './runs.svelte.ts'
import { defaultConfig, following, learningFor, type Learning } from './training-defaults.ts'

const NAMELESS = '–'

/** A training that is being set up. It outlives the page that shows it, and a reload of the window. */
export class TrainingDraft {
  readonly #runs: Runs
  readonly #kept: TabStorage
  #asked = 0
  #suggested: Learning = learningFor(Infinity)
  config = $state<TrainingConfig>(defaultConfig(''))
  preview = $state.raw<Preview | null>(null)
  problem = $state.raw<ErrorShape | null>(null)
  /** Kept while something else cannot be trained, so that there is still something to choose from. */
  layers = $state.raw<Preview['layers']>({ pen: [], image: [] })

  readonly ready = $derived(
    this.problem === null &&
      this.preview !== null &&
      this.preview.trainRecordings > 0 &&
      this.preview.against === null &&
      this.config.name.trim() !== '',
  )

  constructor(runs: Runs, kept = new TabStorage('training')) {
    this.#runs = runs
    this.#kept = kept
    const { config, suggested } = remembered(kept.read())
    Object.assign(this.config, config)
    if (suggested !== null) this.#suggested = suggested
  }

  /** Gives it a name where it has none: in the language of whoever opens the page. */
  name(proposal: string): void {
    if (this.config.name === '') this.config.name = proposal
  }

  /** Begins anew with the settings that suit a first try. */
  reset(name: string): void {
    this.#suggested = learningFor(Infinity)
    this.config = defaultConfig(name)
  }

  /** Says what the labels in its folder of pictures are in. */
  decodePictures(encoding: SaidEncoding): void {
    const { recipe } = this.config
    if (recipe?.kind === 'cross-modal' && recipe.pictures?.from === 'folder') recipe.pictures.encoding = encoding
  }

  /** Counts what the settings would train on; an answer that a later question has overtaken is dropped. */
  async count(): Promise<void> {
    const mine = ++this.#asked
    const wanted = $state.snapshot(this.config)
    const name = wanted.name.trim() === '' ? NAMELESS : wanted.name
    try {
      const counted = await this.#runs.preview({ ...wanted, name })
      if (mine !== this.#asked) return
      this.preview = counted
      this.layers = counted.layers
      this.problem = null
      this.#follow(counted.trainRecordings)
    } catch (error) {
      if (mine !== this.#asked) return
      this.preview = null
      this.problem = errorShape(error)
    }
  }

  async start(): Promise<void> {
    await this.#runs.start($state.snapshot(this.config))
  }

  #follow(recordings: number): void {
    const learning = following(this.config, this.#suggested, recordings)
    if (learning === null) return
    this.#suggested = learning
    Object.assign(this.config, learning)
    this.keep()
  }

  /** Remembers the settings over a reload. */
  keep(): void {
    this.#kept.write({ config: $state.snapshot(this.config), suggested: this.#suggested })
  }
}

/** The settings that were kept: those that still fit, one by one. */
function remembered(kept: unknown): { config: Partial<TrainingConfig>; suggested: Learning | null } {
  const { config, suggested } = v.parse(
    v.fallback(v.object({ config: v.record(v.string(), v.unknown()), suggested: v.unknown() }), {
      config: {},
      suggested: null,
    }),
    kept,
  )
  const fitting = Object.entries(TrainingConfig.entries).flatMap(([key, schema]) => {
    const one = v.safeParse(schema, config[key])
    return key in config && one.success ? [[key, one.output]] : []
  })
  const learning = v.safeParse(
    v.pick(TrainingConfig, ['model', 'epochs', 'batchSize', 'learningRate', 'augment']),
    suggested,
  )
  return {
    config: Object.fromEntries(fitting) as Partial<TrainingConfig>,
    suggested: learning.success ? learning.output : null,
  }
}
