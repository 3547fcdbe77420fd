import type { CsvColumns, CsvMapping, TimeUnit } from '../../../shared/api/exchange.ts'

export const ROLES = ['none', 'channel', 'time', 'recording', 'label', 'writer'] as const
export type Role = (typeof ROLES)[number]
export const DELIMITERS = [',', ';', '\t', '|', ' '] as const

/** What a column of a table is taken for. */
export interface ColumnDraft {
  column: string
  examples: readonly string[]
  role: Role
  /** Of a channel. */
  name: string
  unit: string
  /** Of the time; null where nobody knows it yet. */
  step: TimeUnit | null
}

/** A mapping of the columns of a table while a person makes it; it begins with what could be guessed. */
export class CsvDraft {
  columns = $state<ColumnDraft[]>([])
  delimiter = $state<(typeof DELIMITERS)[number]>(',')
  decimal = $state<'.' | ','>('.')
  rateHz = $state<number | null>(null)
  writerName = $state('')
  labelText = $state('')
  device = $state('')

  constructor(table: CsvColumns) {
    this.#guess(table)
  }

  /** Takes the columns of another delimiter; what is said of the whole table stays. */
  recut(table: CsvColumns): void {
    this.#guess(table)
  }

  /** Only one column can be the writer, the label, the time or what parts recordings. */
  setRole(column: ColumnDraft, role: Role): void {
    if (role !== 'none' && role !== 'channel')
      for (const other of this.columns) if (other.role === role) other.role = 'none'
    column.role = role
  }

  get mapping(): CsvMapping {
    const of = (role: Role): string | undefined => this.columns.find((each) => each.role === role)?.column
    const time = this.columns.find((each) => each.role === 'time')
    const [recording, label, writer] = [of('recording'), of('label'), of('writer')]
    return {
      guess: false,
      delimiter: this.delimiter,
      decimal: this.decimal,
      channels: this.columns
        .filter(({ role }) => role === 'channel')
        .map(({ column, name, unit }) => ({ column, name: name.trim() || column, unit })),
      ...(recording === undefined ? {} : { recording }),
      ...(label === undefined ? {} : { label }),
      ...(writer === undefined ? {} : { writer }),
      ...(time === undefined
        ? {}
        : { time: { column: time.column, ...(time.step === null ? {} : { unit: time.step }) } }),
      ...(this.rateHz === null ? {} : { rateHz: this.rateHz }),
      ...(this.writerName.trim() === '' ? {} : { writerName: this.writerName.trim() }),
      ...(this.labelText.trim() === '' ? {} : { labelText: this.labelText.trim() }),
      ...(this.device.trim() === '' ? {} : { device: this.device.trim() }),
    }
  }

  #guess({ columns, mapping, delimiter, decimal }: CsvColumns): void {
    this.delimiter = DELIMITERS.find((each) => each === delimiter) ?? ','
    this.decimal = decimal
    this.columns = columns.map(({ name: column, examples }) => {
      const channel = mapping.channels.find((each) => each.column === column)
      const role =
        channel !== undefined
          ? 'channel'
          : column === mapping.time?.column
            ? 'time'
            : column === mapping.recording
              ? 'recording'
              : column === mapping.label
                ? 'label'
                : column === mapping.writer
                  ? 'writer'
                  : 'none'
      return {
        column,
        examples,
        role,
        name: channel?.name ?? '',
        unit: channel?.unit ?? 'count',
        step: mapping.time?.unit ?? null,
      }
    })
  }
}
