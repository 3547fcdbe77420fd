import * as v from 'valibot'
import { command, count, done, id, name, nothing, query } from './contract.ts'

/** Trainings that ended because Kalamos did: told when it starts again, until a person has answered. */

export const Interruption = v.object({
  runId: id,
  /** What the training was called. */
  name: v.string(),
  /** The version of a writer that it was to become; null where it was to become a general model. */
  version: v.nullable(v.object({ writerId: id, writerName: name, version: count })),
})
export type Interruption = v.InferOutput<typeof Interruption>

export const interruptions = {
  /** Interrupted trainings that can go on (`train.resume`) and that nobody has put aside, newest first. */
  'runs.interrupted': query(nothing, v.array(Interruption)),
  /**
   * Puts all that were told aside: they are told again only if they are interrupted again. They can still be resumed.
   */
  'runs.dismiss': command(v.strictObject({ runIds: v.array(id) }), done),
}
