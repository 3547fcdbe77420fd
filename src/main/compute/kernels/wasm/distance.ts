import { DISTANCE_EPSILON } from '../../ops/composite/distance.ts'
import { extents, register } from './register.ts'

/** Numbers that the forward pass notes for each frame, for the backward pass (assembly/distance.ts). */
const NOTES = 5

/** Registers the distances between two sequences: values `[batch]` and notes `[batch, time, 5]`. */
export function registerDistances(): void {
  register('SequenceDistance', (memory, { u, x }, { kind, lengths }) => {
    const [batch, time, size] = extents(u)
    const values = memory.output([batch])
    const notes = memory.output([batch, time, NOTES])
    const lengthsAt = memory.scratch(0, lengths).lists[0]!
    memory.kernels.distance(
      kind,
      batch,
      time,
      size,
      lengthsAt,
      memory.address(u),
      memory.address(x),
      DISTANCE_EPSILON,
      memory.address(values),
      memory.address(notes),
    )
    return [values, notes]
  })

  register('SequenceDistanceGrad', (memory, { u, x, dy, notes }, { kind, lengths }) => {
    const [batch, time, size] = extents(u)
    const du = memory.output([batch, time, size])
    const dx = memory.output([batch, time, size])
    const lengthsAt = memory.scratch(0, lengths).lists[0]!
    memory.kernels.distanceGrad(
      kind,
      batch,
      time,
      size,
      lengthsAt,
      memory.address(u),
      memory.address(x),
      memory.address(dy),
      memory.address(notes),
      memory.address(du),
      memory.address(dx),
    )
    return [du, dx]
  })
}
