import type { Channel } from '../../shared/signal.ts'
import type { Connection } from './connection.ts'

/** Lists of channels, each stored once: recordings share a handful of them. */
export class ChannelLists {
  readonly #database: Connection
  readonly #known = new Map<number, Channel[]>()

  constructor(database: Connection) {
    this.#database = database
  }

  /** The list's id; stores it when it is new. */
  add(channels: readonly Channel[]): number {
    const text = JSON.stringify(channels.map(({ name, unit }) => ({ name, unit })))
    const row = this.#database.get<{ id: number }>('SELECT id FROM channel_lists WHERE channels = ?', text)
    return row?.id ?? this.#database.run('INSERT INTO channel_lists (channels) VALUES (?)', text).id
  }

  get(id: number): Channel[] {
    const known = this.#known.get(id)
    if (known !== undefined) return known
    const row = this.#database.get<{ channels: string }>('SELECT channels FROM channel_lists WHERE id = ?', id)
    const channels = JSON.parse(row?.channels ?? '[]') as Channel[]
    this.#known.set(id, channels)
    return channels
  }
}
