import * as v from 'valibot'
import type { Recording } from '../../shared/api/recordings.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { Signal } from '../../shared/signal.ts'
import type { InkStroke } from '../simulator/ink.ts'
import { writableSymbols } from '../simulator/shapes.ts'
import { simulateWord } from '../simulator/simulate.ts'
import { drawWriter } from '../simulator/writer.ts'
import type { StrokesOf } from './images.ts'
import { liveStrokes } from './live-strokes.ts'

/** What is asked of a store about its virtual recordings. */
export interface VirtualArchive {
  signal(recordingId: number): Signal | null
  /** The profile of a session; that of a virtual corpus, or of a virtual pen, names its writer. */
  profile(sessionId: number): unknown
}

export type WrittenWord = Pick<Recording, 'id' | 'sessionId' | 'virtual' | 'frames'> & { label: string }

const VirtualProfile = v.looseObject({
  writer: v.looseObject({
    virtual: v.literal(true),
    live: v.optional(v.boolean(), false),
    seed: v.number(),
    handedness: v.picklist(['left', 'right']),
  }),
})
type Writer = v.InferOutput<typeof VirtualProfile>['writer']

/** The strokes behind virtual recordings, and the labels that they may be known of. */
export interface VirtualStrokes {
  labels: ReadonlySet<string>
  of: StrokesOf
}

/** So many recordings of a word are drawn: enough hands for a word, few enough to be ready at once. */
const PER_WORD = 16
/** A virtual writer seldom writes a word more often. */
const TAKES = 8

/**
 * The strokes behind the recordings of virtual corpora and virtual pens. They are not stored: a session names its
 * writer, and the same writer, word and take give the same movement again (see `liveStrokes` for a pen that wrote while
 * it was recorded). Only strokes whose signal is the stored one count, so a recording that was relabelled or made by
 * another version has none. Words are simulated when first asked for. Null where no recording is of either.
 */
export function strokesBehind(recordings: readonly WrittenWord[], archive: VirtualArchive): VirtualStrokes | null {
  const writers = new Map<number, Writer | null>()
  const writerOf = ({ sessionId, virtual }: WrittenWord): Writer | null => {
    if (!virtual) return null
    let writer = writers.get(sessionId)
    if (writer === undefined) {
      const profile = v.safeParse(VirtualProfile, archive.profile(sessionId))
      writer = profile.success ? profile.output.writer : null
      writers.set(sessionId, writer)
    }
    return writer
  }
  const known = recordings.filter((recording) => writerOf(recording) !== null)
  if (known.length === 0) return null
  const byLabel = Map.groupBy(known, ({ label }) => label.normalize('NFC'))
  const found = new Map<string, readonly (readonly InkStroke[])[]>()
  const of: StrokesOf = (label) => {
    let strokes = found.get(label)
    if (!strokes) {
      strokes = (byLabel.get(label) ?? [])
        .slice(0, PER_WORD)
        .flatMap((recording) => strokesOf(recording, writerOf(recording)!, archive))
      found.set(label, strokes)
    }
    return strokes
  }
  return { labels: new Set(byLabel.keys()), of }
}

function strokesOf(
  { id, label, frames }: WrittenWord,
  { seed, handedness, live }: Writer,
  archive: VirtualArchive,
): [readonly InkStroke[]] | [] {
  const words = label.normalize('NFC').split(/\s+/)
  if (!words.every(isWritable)) return []
  const writer = drawWriter(seed, { handedness })
  if (live) {
    const signal = archive.signal(id)
    const strokes = signal && liveStrokes(writer, words, signal, TAKES)
    return strokes ? [strokes] : []
  }
  if (words.length > 1) return []
  const stored = archive.signal(id)?.values
  if (stored === undefined) return []
  for (let take = 0; take < TAKES; take++) {
    const { signal, strokes } = simulateWord(writer, label, { take })
    if (signal.frames === frames && signal.values.every((value, at) => value === stored[at])) return [strokes]
  }
  return []
}

/** Whether the virtual pen can have written it: a label that was given later may be anything. */
function isWritable(label: string): boolean {
  try {
    writableSymbols(label)
    return true
  } catch (error) {
    if (error instanceof KalamosError && error.code === 'invalid-input') return false
    throw error
  }
}
