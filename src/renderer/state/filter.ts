import type { RecordingFilter } from '../../shared/api/recordings.ts'

/** Parts of a filter to be set; undefined takes a part away. */
export type FilterParts = { [K in keyof RecordingFilter]?: RecordingFilter[K] | undefined }

/** The filter with some parts set or taken away; an empty text is none. */
export function withParts(filter: RecordingFilter, parts: FilterParts): RecordingFilter {
  return Object.fromEntries(
    Object.entries({ ...filter, ...parts }).filter(([, value]) => value !== undefined && value !== ''),
  ) as RecordingFilter
}
