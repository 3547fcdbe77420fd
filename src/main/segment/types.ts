/** How much the pen writes in one frame, in the unit of the threshold: `values` holds the frame from `offset` on. */

export type Activity = (values: Float32Array, offset: number) => number
