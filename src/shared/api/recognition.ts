import * as v from 'valibot'
import { command, count, done, event, id, instant, nothing, query } from './contract.ts'

/** One word that was read while somebody wrote. */
export const ReadWord = v.object({
  /** Counts the words since reading began. */
  index: count,
  text: v.string(),
  /** Mean probability of the letters read, 0 to 1; how sure the model says it is. */
  confidence: v.number(),
  /** From the arrival of the word's last sample to its text, in ms: the pause that ends a word is not in it. */
  latencyMs: v.number(),
  at: instant,
  durationMs: v.number(),
  frames: count,
  lostFrames: count,
})
export type ReadWord = v.InferOutput<typeof ReadWord>

export const ReaderState = v.object({
  modelId: id,
  deviceId: v.string(),
  phase: v.picklist(['waiting', 'writing', 'reading', 'paused']),
  words: v.array(ReadWord),
  problem: v.nullable(v.object({ message: v.string(), hint: v.string() })),
})
export type ReaderState = v.InferOutput<typeof ReaderState>

export const recognition = {
  /** Which models can read which device, with the reason where one cannot. */
  'recognise.fits': query(
    v.strictObject({ deviceId: v.string() }),
    v.array(v.object({ modelId: id, fits: v.boolean(), reason: v.nullable(v.string()) })),
  ),
  'recognise.start': command(v.strictObject({ modelId: id, deviceId: v.string() }), ReaderState),
  'recognise.state': query(nothing, v.nullable(ReaderState)),
  /** Forgets the words read so far. */
  'recognise.clear': command(nothing, ReaderState),
  'recognise.stop': command(nothing, done),
}

export const recognitionEvents = {
  'recognise.changed': event(v.nullable(ReaderState)),
  'recognise.word': event(ReadWord),
}
