import * as v from 'valibot'
import { command, count, done, id, instant, name, nothing, query } from './contract.ts'

export const Handedness = v.picklist(['right', 'left', 'unknown'])
export type Handedness = v.InferOutput<typeof Handedness>

/** Somebody who writes, under a pseudonym. A virtual writer is a simulation and is called so everywhere. */
export const Writer = v.object({
  id,
  name,
  handedness: Handedness,
  virtual: v.boolean(),
  createdAt: instant,
  recordings: count,
})
export type Writer = v.InferOutput<typeof Writer>

export const writers = {
  'writers.list': query(nothing, v.array(Writer)),
  'writers.create': command(v.strictObject({ name, handedness: Handedness }), Writer),
  'writers.update': command(v.strictObject({ id, name, handedness: Handedness }), Writer),
  /** Deletes the writer with all recordings; refused while a session of theirs is running. */
  'writers.delete': command(v.strictObject({ id }), done),
}
