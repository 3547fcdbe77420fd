import * as v from 'valibot'
import { Said } from '../messages/message.ts'
import { command, count, id, instant, name, nothing, path, query } from './contract.ts'
import { Simulated } from './simulated.ts'

export const Handedness = v.picklist(['right', 'left', 'unknown'])
export type Handedness = v.InferOutput<typeof Handedness>

/** Somebody who writes, under a pseudonym. A virtual writer is a simulation and is called so everywhere. */
export const Writer = v.object({
  id,
  name,
  handedness: Handedness,
  ...Simulated,
  createdAt: instant,
  recordings: count,
})
export type Writer = v.InferOutput<typeof Writer>

/** What was deleted with a writer. */
export const ErasureReport = v.object({
  writer: name,
  at: instant,
  sessions: count,
  recordings: count,
  frames: count,
  consents: count,
  notes: count,
  /** Models that learned from these recordings or were measured on them; they stay. */
  models: v.array(v.object({ id, name: v.string() })),
  /** Trainings that were learning from them and were stopped. */
  stopped: v.array(v.object({ id, name: v.string() })),
  /** Trainings whose checkpoints learned from them; they stay. */
  runs: v.array(v.object({ id, name: v.string() })),
  /** Where exports with these recordings were written; they are not touched. */
  exports: v.array(v.object({ path: v.string(), at: instant })),
  bytesBefore: count,
  bytesAfter: count,
  /** What may be left in the file for now, and the way out; null where nothing is. */
  traces: v.nullable(Said),
})
export type ErasureReport = v.InferOutput<typeof ErasureReport>

export const writers = {
  'writers.list': query(nothing, v.array(Writer)),
  'writers.create': command(
    v.strictObject({ name, handedness: Handedness, virtual: v.optional(v.boolean(), false) }),
    Writer,
  ),
  'writers.update': command(v.strictObject({ id, name, handedness: Handedness }), Writer),
  /**
   * Deletes the writer with all recordings, so that no byte of them is left in the file; refused while a session of
   * theirs is running.
   */
  'writers.delete': command(v.strictObject({ id }), ErasureReport),
  /** Trainings under way that learn from this writer: deleting the writer stops them. */
  'writers.learning': query(v.strictObject({ id }), v.array(v.object({ id, name: v.string() }))),
  /** Writes what went with a writer who was deleted since Kalamos was started into a new text file. */
  'writers.report': command(v.strictObject({ id, path }), v.object({ path: v.string() })),
  /** Writes everything that is stored of a writer into a new folder. */
  'writers.export': command(
    v.strictObject({ id, path }),
    v.object({ path: v.string(), sessions: count, recordings: count }),
  ),
  /** What a writer agreed to, and when. */
  'writers.consents': query(
    v.strictObject({ id }),
    v.array(v.object({ version: v.string(), text: v.string(), givenAt: instant })),
  ),
}
