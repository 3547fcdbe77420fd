import type { DeviceProfile } from '../../shared/api/devices.ts'
import type { Thresholds, Verdict } from '../../shared/api/quality.ts'
import type { Signal } from '../../shared/signal.ts'
import { inBackground } from '../process/background.ts'
import { judge, type LabelChecker, type Evidence } from '../quality/index.ts'
import type { Store } from '../store/index.ts'

/** Judges the recordings of a session as they come; where a model is asked, once more when it has read them. */
export class Judging {
  readonly #store: Store
  readonly #profile: DeviceProfile
  readonly #thresholds: Thresholds
  readonly #live: boolean
  readonly #noDoubts: (error: unknown) => void
  #checker: Promise<LabelChecker | null>
  #before: Signal | null = null
  #stopped = false

  /**
   * `live`: the frames come straight from a pen, so that their arrival tells its rate. `noDoubts` hears once why the
   * model says nothing.
   */
  constructor(deps: {
    store: Store
    profile: DeviceProfile
    thresholds: Thresholds
    live: boolean
    checker: Promise<LabelChecker> | null
    noDoubts: (error: unknown) => void
  }) {
    this.#store = deps.store
    this.#profile = deps.profile
    this.#thresholds = deps.thresholds
    this.#live = deps.live
    this.#noDoubts = deps.noDoubts
    this.#checker = (deps.checker ?? Promise.resolve(null)).catch((error: unknown) => this.#giveUp(error))
  }

  /** Tells the verdict at once, and another one if the model's doubt changes it. */
  judge(recordingId: number, label: string | null, tell: (verdict: Verdict) => void): void {
    const signal = this.#store.recordings.signal(recordingId)
    const evidence: Evidence = { signal, label, profile: this.#profile, before: this.#before, live: this.#live }
    this.#before = signal
    tell(judge(evidence, this.#thresholds))
    if (label !== null)
      inBackground('recording', 'a label could not be doubted', () => this.#doubt(evidence, label, tell))
  }

  /** Nothing is told any more. */
  stop(): void {
    this.#stopped = true
    inBackground('recording', 'a model that checks labels could not be let go', async () =>
      (await this.#checker)?.dispose(),
    )
  }

  async #doubt(evidence: Evidence, label: string, tell: (verdict: Verdict) => void): Promise<void> {
    const checker = await this.#checker
    if (this.#stopped || checker === null) return
    try {
      const doubt = await checker.doubt(evidence.signal, label)
      if (doubt && !this.#stopped) tell(judge({ ...evidence, doubt }, this.#thresholds))
    } catch (error) {
      if (this.#stopped) return
      this.#checker = Promise.resolve(this.#giveUp(error))
      await checker.dispose()
    }
  }

  /** A model that fails costs no word: the session goes on without its doubts. */
  #giveUp(error: unknown): null {
    this.#noDoubts(error)
    return null
  }
}
