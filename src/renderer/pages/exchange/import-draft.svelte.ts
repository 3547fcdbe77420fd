import type { Output } from '../../../shared/api.ts'
import type { CsvMapping, FormatName, ImportPreview } from '../../../shared/api/exchange.ts'
import type { SaidEncoding } from '../../../shared/encoding.ts'
import { errorShape, KalamosError, type ErrorShape } from '../../../shared/errors.ts'
import type { Exchange } from '../../state/exchange.svelte.ts'
import { t } from '../../text/index.ts'
import { CsvDraft } from './csv-draft.svelte.ts'

/** How long a person may go on typing before the file is looked at. */
const TYPING_MS = 300

type Namesake = ImportPreview['seen']['writers'][number]

/** An import from the choice of a file to its report. */
export class ImportDraft {
  readonly #exchange: Exchange
  #asked = 0
  #typing: ReturnType<typeof setTimeout> | undefined
  path = $state('')
  /** Null: as the path looks. */
  format = $state<FormatName | null>(null)
  prefix = $state('')
  strict = $state(false)
  /** What a text is in that does not say it itself. */
  encoding = $state<SaidEncoding>('utf-8')
  /** Of XDF: a stream without a pen's sensors is one's all the same. */
  allStreams = $state(false)
  /**
   * Writers of the file whose names are here already; whether they are the same people is asked before anything comes
   * in.
   */
  namesakes = $state.raw<readonly Namesake[]>([])
  sameWriters = $state(false)
  /** The format that was recognised, where none was chosen. */
  recognised = $state<FormatName | null>(null)
  looking = $state(false)
  preview = $state.raw<ImportPreview | null>(null)
  csv = $state.raw<CsvDraft | null>(null)
  problem = $state.raw<ErrorShape | null>(null)
  running = $state(false)
  cancelling = $state(false)
  report = $state.raw<Output<'exchange.import'> | null>(null)

  constructor(exchange: Exchange) {
    this.#exchange = exchange
  }

  /** Looking was left: nothing is known of the file. */
  readonly stopped = $derived(this.problem?.code === 'cancelled' && this.preview === null)
  /** As it stands, two people of one name would become one without anybody having said so. */
  readonly mixedUp = $derived(!this.sameWriters && this.preview !== null && namesakesIn(this.preview).length > 0)
  readonly ready = $derived(
    !this.mixedUp && this.preview !== null && !this.looking && !this.running && this.preview.seen.recordings > 0,
  )

  /** Another file, or another format: everything known of the last one goes. */
  choose(path: string, format: FormatName | null = this.format): void {
    this.path = path
    this.format = format
    this.encoding = 'utf-8'
    this.csv = null
    this.recognised = null
    this.preview = null
    this.report = null
    this.allStreams = false
    if (this.namesakes.length > 0) this.prefix = ''
    this.namesakes = []
    this.sameWriters = false
    this.lookSoon()
  }

  /** Reads the file anew, in another encoding: its columns may be called otherwise then. */
  decode(encoding: SaidEncoding): void {
    this.encoding = encoding
    this.csv = null
    this.lookSoon()
  }

  /** Looks again, once the person has stopped typing. */
  lookSoon(): void {
    clearTimeout(this.#typing)
    this.problem = null
    this.#asked++
    if (this.looking) void this.#stopHost()
    this.looking = this.path.trim() !== ''
    if (!this.looking) return
    this.#typing = setTimeout(() => void this.#look(), TYPING_MS)
  }

  /** Whether writers of one name are one: else something is put before the names of the file. */
  tellApart(same: boolean, freePrefix: string): void {
    this.sameWriters = same
    this.prefix = same ? '' : freePrefix
    this.lookSoon()
  }

  /** Leaves the file that is being looked at; nothing of it is known then. */
  async stopLooking(): Promise<void> {
    clearTimeout(this.#typing)
    this.#asked++
    this.looking = false
    this.preview = null
    this.problem = { code: 'cancelled', message: t.importing.stoppedLooking }
    await this.#stopHost()
  }

  /** Cuts a table at another delimiter: its columns are others then. */
  recut(delimiter: CsvDraft['delimiter']): void {
    if (this.csv === null) return
    this.csv.delimiter = delimiter
    void this.#look({ channels: [], delimiter })
  }

  /** Imports, and resolves to the report; null where it failed or was cancelled. */
  async start(): Promise<Output<'exchange.import'> | null> {
    const format = this.format ?? this.recognised
    if (format === null) return null
    const path = this.path.trim()
    const { csv, prefix, strict, encoding, allStreams, sameWriters } = this
    this.running = true
    this.problem = null
    try {
      const order = {
        format,
        path,
        strict,
        encoding,
        ...(allStreams ? { allStreams } : {}),
        ...(sameWriters ? { sameWriters } : {}),
        ...(prefix.trim() === '' ? {} : { writerPrefix: prefix.trim() }),
        ...(csv === null ? {} : { csv: csv.mapping }),
      }
      this.report = await this.#exchange.during('import', path, () =>
        this.#exchange.api.request('exchange.import', order),
      )
      return this.report
    } catch (error) {
      this.problem = errorShape(error)
      return null
    } finally {
      this.running = false
      this.cancelling = false
    }
  }

  async cancel(): Promise<void> {
    this.cancelling = true
    await this.#exchange.cancel()
  }

  /** A host that no longer answers is told by whatever is asked of it next. */
  async #stopHost(): Promise<void> {
    await this.#exchange.api.request('exchange.cancelPreview', {}).catch(() => undefined)
  }

  async #look(recut?: CsvMapping): Promise<void> {
    const asked = ++this.#asked
    this.looking = true
    try {
      const format = await this.#formatOf(this.path.trim())
      if (asked !== this.#asked) return
      const csv = recut ?? this.csv?.mapping
      const prefix = this.prefix.trim()
      const { encoding, allStreams } = this
      const order = {
        format,
        path: this.path.trim(),
        encoding,
        ...(allStreams ? { allStreams } : {}),
        ...(prefix === '' ? {} : { writerPrefix: prefix }),
        ...(csv === undefined ? {} : { csv }),
      }
      const preview = await this.#exchange.api.request('exchange.preview', order)
      if (asked !== this.#asked) return
      this.preview = preview
      this.problem = null
      if (this.#isToTellApart) {
        // Until a person says that they are the same people, they come in as others, under names that nobody has here.
        this.namesakes = namesakesIn(preview)
        this.prefix = preview.seen.freePrefix
        return await this.#look(recut)
      }
      if (preview.csv === null || preview.csv.own) this.csv = null
      else if (this.csv === null || recut !== undefined) {
        if (this.csv === null) this.csv = new CsvDraft(preview.csv)
        else this.csv.recut(preview.csv)
        // What is shown as guessed counts as said, also that fractions stand after commas.
        await this.#look()
      }
    } catch (error) {
      if (asked !== this.#asked) return
      this.preview = null
      this.problem = errorShape(error)
    } finally {
      if (asked === this.#asked) this.looking = false
    }
  }

  get #isToTellApart(): boolean {
    return this.mixedUp && this.namesakes.length === 0
  }

  async #formatOf(path: string): Promise<FormatName> {
    if (this.format !== null) return this.format
    const { format } = await this.#exchange.api.request('exchange.detect', { path })
    this.recognised = format
    if (format === null)
      throw new KalamosError('invalid-input', t.importing.unrecognised(path), t.importing.chooseFormat)
    return format
  }
}

function namesakesIn({ seen }: ImportPreview): Namesake[] {
  return seen.writers.filter(({ here, known }) => here !== null && known === 0)
}
