import type { Selection } from '../../../shared/api/review.ts'

/** Recordings that an edit is about, and how many they are. */
export interface Which {
  selection: Selection
  count: number
}

/** An edit that needs a word from the person: a reason, a label or a tag. */
export interface Ask {
  kind: 'exclude' | 'label' | 'tag'
  which: Which
}
