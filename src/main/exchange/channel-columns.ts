import { PEN_CHANNELS, type Channel } from '../../shared/signal.ts'

/** A channel as the heading of a column, such as `acc1_x [g]`. */
export function columnName({ name, unit }: Channel): string {
  return `${name} [${unit}]`
}

/** A channel's name and unit from the heading of its column; null for one that names no unit. */
export function partsOfColumn(column: string): { name: string; unit: string } | null {
  const at = column.lastIndexOf(' [')
  return at === -1 || !column.endsWith(']') ? null : { name: column.slice(0, at), unit: column.slice(at + 2, -1) }
}

/** The columns that hold all these lists of channels: each channel once, those of the field's pen first. */
export function columnsFor(lists: readonly (readonly Channel[])[]): Channel[] {
  const known = new Map<string, Channel>()
  const all = lists.flat()
  const wanted = new Set(all.map(columnName))
  for (const channel of [...PEN_CHANNELS, ...all])
    if (wanted.has(columnName(channel))) known.set(columnName(channel), channel)
  return [...known.values()]
}

/** Where each column is among a recording's channels; -1 where it has none. */
export function positionsOf(columns: readonly Channel[], channels: readonly Channel[]): number[] {
  const names = channels.map(columnName)
  return columns.map((column) => names.indexOf(columnName(column)))
}
