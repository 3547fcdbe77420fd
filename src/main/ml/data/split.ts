import type { Split } from './types.ts'
import { KeyedRandom, textKey } from '../../random/keyed.ts'

/** What a split needs to know of a recording. */
export interface Splittable {
  id: number
  writerId: number
  label: string
}

export interface Divided<T> {
  train: T[]
  heldOut: T[]
}

const KEY = textKey('split')

/**
 * Parts recordings into those to train on and those held back.
 * `by: writer` and `by: word` move whole writers and whole labels, so that neither is ever on both sides;
 * `by: recording` moves single recordings, which leaks the writer and the word by intent.
 * The draw depends on the seed and on what is drawn, not on the order of the input.
 * A share above 0 holds back at least one group, and leaves at least one to train on where there are two or more.
 */
export function divide<T extends Splittable>(recordings: readonly T[], split: Split, seed: number): Divided<T> {
  const groupOf = grouping(split.by)
  const groups = [...new Set(recordings.map(groupOf))]
  const drawn = groups
    .map((group) => ({ group, draw: new KeyedRandom(seed, KEY, textKey(group)).uniform() }))
    .sort((a, b) => a.draw - b.draw || (a.group < b.group ? -1 : 1))
    .map(({ group }) => group)
  const wanted = split.heldOut === 0 ? 0 : Math.max(1, Math.round(split.heldOut * groups.length))
  const back = new Set(drawn.slice(0, Math.min(wanted, groups.length - 1)))
  return {
    train: recordings.filter((recording) => !back.has(groupOf(recording))),
    heldOut: recordings.filter((recording) => back.has(groupOf(recording))),
  }
}

function grouping(by: Split['by']): (recording: Splittable) => string {
  switch (by) {
    case 'writer':
      return (recording) => `writer ${recording.writerId}`
    case 'word':
      return (recording) => `word ${recording.label.normalize('NFC')}`
    case 'recording':
      return (recording) => `recording ${recording.id}`
  }
}
