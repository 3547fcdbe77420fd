import type { SchemaElement } from 'hyparquet'
import type { Channel } from '../../../shared/signal.ts'
import { PROVENANCE_FIELDS } from '../provenance-fields.ts'
import { columnName, columnsFor } from '../channel-columns.ts'
import type { Fields } from '../fields.ts'

/** Columns that say what is known of a recording, in the order of the file. */
export const FIELD_COLUMNS = {
  id: 'STRING',
  writer: 'STRING',
  handedness: 'STRING',
  virtual: 'BOOLEAN',
  reenacted: 'BOOLEAN',
  label: 'STRING',
  state: 'STRING',
  rate_hz: 'DOUBLE',
  started_at: 'DOUBLE',
  session: 'STRING',
  device: 'STRING',
  session_started_at: 'DOUBLE',
  session_ended_at: 'DOUBLE',
  session_origin: 'STRING',
  session_profile: 'STRING',
  tag: 'STRING',
  verdict: 'STRING',
  reasons: 'STRING',
  prompt: 'STRING',
  notes: 'STRING',
  protocol: 'STRING',
  protocol_version: 'DOUBLE',
  protocol_name: 'STRING',
  pen_name: 'STRING',
  pen_serial: 'STRING',
  pen_firmware: 'STRING',
  surface: 'STRING',
  answers: 'STRING',
  session_notes: 'STRING',
  consents: 'STRING',
} as const satisfies Record<keyof Fields, string>

/** Lists beside the channels: times of every frame, and the gaps. */
export const LIST_COLUMNS = { device_us: 'DOUBLE', host_ms: 'DOUBLE', gap_at: 'INT64', gap_lost: 'INT64' } as const

/** Where the file says which column is which channel. */
export const COLUMNS_KEY = 'kalamos.columns'

/** A column of lists for each channel; it is called by the channel's name, with the unit where two share the name. */
export function channelColumns(lists: readonly (readonly Channel[])[]): { column: string; channel: Channel }[] {
  const channels = columnsFor(lists)
  return channels.map((channel) => {
    const shared = channels.filter(({ name }) => name === channel.name).length > 1
    return { column: shared ? columnName(channel) : channel.name, channel }
  })
}

export function schemaFor(columns: readonly { column: string }[]): SchemaElement[] {
  const fields = Object.entries(FIELD_COLUMNS).map(([name, type]): SchemaElement => {
    const optional = {
      repetition_type:
        name === 'label' || name.endsWith('_at') || Object.hasOwn(PROVENANCE_FIELDS, name) ? 'OPTIONAL' : 'REQUIRED',
    } as const
    return type === 'STRING'
      ? { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', ...optional }
      : { name, type, ...optional }
  })
  const lists = Object.entries(LIST_COLUMNS).flatMap(([name, type]) => listOf(name, type))
  const channels = columns.flatMap(({ column }) => listOf(column, 'FLOAT'))
  const count = fields.length + 1 + Object.keys(LIST_COLUMNS).length + columns.length
  return [
    { name: 'schema', num_children: count },
    ...fields,
    { name: 'channels', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
    ...lists,
    ...channels,
  ]
}

/** A list that may be missing, of numbers that may not (parquet-format, LogicalTypes, Lists). */
function listOf(name: string, type: 'FLOAT' | 'DOUBLE' | 'INT64'): SchemaElement[] {
  return [
    { name, repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type, repetition_type: 'REQUIRED' },
  ]
}
