/** The columns of a table that Kalamos writes, before those of the channels. */
export const RECORDING_COLUMNS = [
  'recording',
  'id',
  'writer',
  'handedness',
  'virtual',
  'reenacted',
  'session',
  'device',
  'label',
  'state',
  'rate_hz',
  'started_at',
] as const
/** Of how it was recorded and judged, what is short enough to stand on every row; older tables have none of it. */
export const PROVENANCE_COLUMNS = [
  'tag',
  'verdict',
  'reasons',
  'prompt',
  'notes',
  'protocol',
  'protocol_version',
  'protocol_name',
  'pen_name',
  'pen_serial',
  'pen_firmware',
  'surface',
  'answers',
] as const
export const FRAME_COLUMNS = ['frame', 'lost_before', 'device_us', 'host_ms'] as const

/** Whether a heading is that of a table of ours. */
export function isOwn(header: readonly string[]): boolean {
  return [...RECORDING_COLUMNS, ...FRAME_COLUMNS].every((column) => header.includes(column))
}
