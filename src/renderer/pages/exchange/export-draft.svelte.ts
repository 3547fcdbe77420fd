import type { Input, Output } from '../../../shared/api.ts'
import type { Format, FormatName } from '../../../shared/api/exchange.ts'
import { errorShape, type ErrorShape } from '../../../shared/errors.ts'
import type { Exchange } from '../../state/exchange.svelte.ts'
import { nameIn, proposePath, withEnding } from '../../state/paths.ts'

export type Which = 'selected' | 'filtered' | 'all'

type Foreseen = Output<'exchange.previewExport'>

/** An export from what is wanted to what was written. */
export class ExportDraft {
  readonly #exchange: Exchange
  format = $state<FormatName>('parquet')
  which = $state<Which>('all')
  path = $state('')
  holdoutPercent = $state(10)
  spreadsheet = $state(false)
  licence = $state('')
  notes = $state('')
  folds = $state.raw<Output<'exchange.folds'> | null>(null)
  problem = $state.raw<ErrorShape | null>(null)
  running = $state(false)
  cancelling = $state(false)
  /** What each choice would come to in this format; empty until the host has told. */
  foreseen = $state.raw<Partial<Record<Which, Foreseen>>>({})
  result = $state.raw<Output<'exchange.export'> | null>(null)

  constructor(exchange: Exchange) {
    this.#exchange = exchange
  }

  readonly about: Format | undefined = $derived.by(() =>
    this.#exchange.formats.find(({ name }) => name === this.format),
  )
  readonly ready = $derived(!this.running && nameIn(this.path.trim()) !== '')

  /** Begins anew for what is wanted now; the place is proposed in the home folder, and licence and notes stay. */
  async begin(which: Which, name: string): Promise<void> {
    this.which = which
    await this.#foresee()
    this.result = null
    this.problem = null
    this.folds = await this.#exchange.api.request('exchange.folds', {})
    if (this.folds.share !== null) this.holdoutPercent = Math.round(this.folds.share * 100)
    if (this.path !== '') return
    await proposePath({ now: () => this.path, fill: (path) => (this.path = path) }, this.#exchange.newPlace(name))
    this.#fitEnding()
  }

  async chooseFormat(format: FormatName): Promise<void> {
    this.format = format
    this.#fitEnding()
    await this.#foresee()
  }

  /** Formats differ in what they can hold. */
  async #foresee(): Promise<void> {
    const { format } = this
    this.foreseen = {}
    const choices = (['selected', 'filtered', 'all'] as const).filter(
      (which) => which !== 'selected' || this.#exchange.wanted.ids.length > 0,
    )
    const told = await Promise.all(
      choices.map(
        async (which) =>
          [
            which,
            await this.#exchange.api.request('exchange.previewExport', { format, ...this.#chosen(which) }),
          ] as const,
      ),
    )
    if (format === this.format) this.foreseen = Object.fromEntries(told)
  }

  #chosen(which: Which): Pick<Input<'exchange.previewExport'>, 'filter' | 'ids'> {
    const { filter, ids } = this.#exchange.wanted
    return { filter: which === 'filtered' ? filter : {}, ...(which === 'selected' ? { ids } : {}) }
  }

  async start(): Promise<Output<'exchange.export'> | null> {
    const path = this.path.trim()
    const { format, which, licence, notes, holdoutPercent, spreadsheet } = this
    this.running = true
    this.problem = null
    try {
      this.result = await this.#exchange.during('export', path, () =>
        this.#exchange.api.request('exchange.export', {
          format,
          path,
          ...this.#chosen(which),
          ...(licence.trim() === '' ? {} : { licence: licence.trim() }),
          ...(notes.trim() === '' ? {} : { notes: notes.trim() }),
          ...(format === 'csv' && spreadsheet ? { spreadsheet } : {}),
          ...(format === 'rewi' ? { holdout: holdoutPercent / 100 } : {}),
        }),
      )
      return this.result
    } catch (error) {
      this.problem = errorShape(error)
      return null
    } finally {
      this.running = false
      this.cancelling = false
    }
  }

  /** Freezes the folds with the share that is asked for; nothing is exported. */
  async freeze(): Promise<void> {
    this.folds = await this.#exchange.api.request('exchange.freeze', { holdout: this.holdoutPercent / 100 })
  }

  async cancel(): Promise<void> {
    this.cancelling = true
    await this.#exchange.cancel()
  }

  /** A name that fits the format stays as it is. */
  #fitEnding(): void {
    const own = this.about?.endings ?? []
    if (own.some((ending) => this.path.toLowerCase().endsWith(ending))) return
    const known = this.#exchange.formats.flatMap(({ endings }) => endings)
    this.path = withEnding(this.path, known, own[0] ?? '')
  }
}
