import { KalamosError } from '../../../shared/errors.ts'
import { symbols } from '../../../shared/text.ts'
import { renderedImages } from '../../words/images.ts'
import { prepareAuxiliary, type AuxiliaryNetwork, type ImageNetworkCache } from '../auxiliary/network.ts'
import type { Engine, Snapshot } from '../../compute/engine/types.ts'
import type { AdaptationJob } from './types.ts'
import type { Weights } from './blend.ts'
import type { AdaptationMaterial } from './material.ts'
import type { Start } from './recipes.ts'

/** An engine on which one part of an adaptation after the other is tuned, each from the same start. */
export class FineTuneEngine {
  readonly backend: Engine['backend']
  readonly threads: number
  readonly reason: string
  readonly #job: AdaptationJob
  readonly #start: Start
  readonly #material: AdaptationMaterial
  readonly #signal: AbortSignal | undefined
  readonly #plain: { engine: Engine; begin: Snapshot }
  /** The tunings of a part know the same words, and so the same image network. */
  readonly #imageCache: ImageNetworkCache = new Map()
  #tuning: Engine | null = null

  private constructor(
    job: AdaptationJob,
    start: Start,
    material: AdaptationMaterial,
    opened: { engine: Engine; reason: string; begin: Snapshot },
    signal: AbortSignal | undefined,
  ) {
    this.#job = job
    this.#start = start
    this.#material = material
    this.#signal = signal
    this.#plain = opened
    this.backend = opened.engine.backend
    this.threads = opened.engine.threads
    this.reason = opened.reason
  }

  static async open(
    job: AdaptationJob,
    start: Start,
    material: AdaptationMaterial,
    signal?: AbortSignal,
  ): Promise<FineTuneEngine> {
    const { engine, reason } = await job.openEngine({ name: 'recogniser', config: { model: start.network } }, start)
    return new FineTuneEngine(job, start, material, { engine, reason, begin: await engine.snapshot() }, signal)
  }

  /** An engine with some weights of the recogniser's: to read with. */
  async reading({ weights, state }: Weights): Promise<Engine> {
    await this.#plain.engine.restore({ ...this.#plain.begin, weights, state })
    return this.#plain.engine
  }

  /**
   * An engine with some weights of the recogniser's, to be tuned with words of these labels, and what stands beside it.
   * A cross-modal loss gets an image network of its own, which knows no other label: none that is to be read
   * afterwards. `progress` tells how far that network has learned.
   */
  async ready(
    from: Weights,
    labels: readonly string[],
    progress: (share: number) => void,
  ): Promise<{ engine: Engine; auxiliary: AuxiliaryNetwork | null }> {
    const auxiliary = await this.#auxiliary(labels, progress)
    if (!auxiliary) return { engine: await this.reading(from), auxiliary }
    await this.#tuning?.dispose()
    const opened = await this.#job.openEngine(auxiliary.program, {
      weights: { ...auxiliary.weights, ...from.weights },
      state: from.state,
    })
    this.#tuning = opened.engine
    return { engine: opened.engine, auxiliary }
  }

  async dispose(): Promise<void> {
    await this.#tuning?.dispose()
    await this.#plain.engine.dispose()
  }

  async #auxiliary(labels: readonly string[], progress: (share: number) => void): Promise<AuxiliaryNetwork | null> {
    const { config, openEngine } = this.#job
    const { recipe } = config
    if (!recipe || recipe.kind === 'plain') return null
    const normal = labels.map((label) => label.normalize('NFC'))
    const areLetters = normal.every((label) => symbols(label).length === 1)
    return prepareAuxiliary(recipe, {
      pen: this.#start.network,
      signature: this.#material.signature,
      labels: normal,
      source: renderedImages(areLetters ? { width: 32 } : {}),
      openEngine,
      seed: config.seed,
      imageCache: this.#imageCache,
      progress: ({ step, steps }) => {
        progress(step / steps)
        if (this.#signal?.aborted)
          throw new KalamosError('cancelled', 'The adaptation was cancelled while its image network was learning.')
      },
    })
  }
}
