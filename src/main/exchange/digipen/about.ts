import * as v from 'valibot'
import { Handedness } from '../../../shared/api/writers.ts'
import { RECORDING_PROVENANCE_FIELDS, SESSION_PROVENANCE_FIELDS } from '../provenance-fields.ts'

/** What the DigiPen's files have no room for lies beside them, in this file. */
export const ABOUT = 'kalamos.json'
/** The mark of a virtual corpus, in its folder or in the one above. */
export const VIRTUAL_MARK = 'virtual.json'

const Time = v.nullable(v.pipe(v.number(), v.finite()))

export const About = v.object({
  writer: v.string(),
  handedness: v.optional(Handedness, 'unknown'),
  virtual: v.optional(v.boolean(), false),
  reenacted: v.optional(v.boolean(), false),
  session: v.object({
    key: v.string(),
    device: v.string(),
    started_at: Time,
    ended_at: Time,
    origin: v.picklist(['recorded', 'imported', 'simulated']),
    profile: v.unknown(),
    ...SESSION_PROVENANCE_FIELDS,
  }),
  /** One for each row of `labels.csv`. */
  recordings: v.array(
    v.object({
      id: v.string(),
      state: v.picklist(['finished', 'interrupted']),
      started_at: Time,
      /** False: the times in the table were made up, none are known. */
      host_times: v.boolean(),
      device_times: v.boolean(),
      /** Frames known to be lost before the first one. */
      lost_before: v.optional(v.number(), 0),
      ...RECORDING_PROVENANCE_FIELDS,
    }),
  ),
})
export type About = v.InferOutput<typeof About>

/** The part of `virtual.json` that matters here: whose folder is whose. */
export const VirtualMark = v.object({
  virtual: v.literal(true),
  reenacted: v.optional(v.boolean(), false),
  writers: v.optional(
    v.array(v.object({ folder: v.string(), name: v.string(), handedness: v.optional(Handedness, 'unknown') })),
    [],
  ),
})
export type VirtualMark = v.InferOutput<typeof VirtualMark>
