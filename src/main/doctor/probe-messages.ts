import * as v from 'valibot'

/** What is said between the doctor and the process that tries backends. */

/** What the probe says of one backend. */
const Probe = v.object({ name: v.string(), ok: v.boolean(), detail: v.string() })
export type Probe = v.InferOutput<typeof Probe>

export const FromProbe = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('tried'), probe: Probe }),
])
export type FromProbe = v.InferOutput<typeof FromProbe>

/** The backends to try, in this order. */
export const ToProbe = v.object({ names: v.array(v.picklist(['kernels', 'tensorflow', 'webgpu', 'wasm', 'cpu'])) })
export type ToProbe = v.InferInput<typeof ToProbe>
