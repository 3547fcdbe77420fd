import type { Selection } from '../../../shared/api/review.ts'

/** Recordings that an edit is about, and how many they are. */
export interface Which {
  selection: Selection
  count: number
}
