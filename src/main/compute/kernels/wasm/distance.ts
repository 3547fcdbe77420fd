import { DISTANCE_EPSILON } from '../../ops/composite/distance.ts'
import { extents, register } from './register.ts'

/** Numbers that the forward pass notes for each frame, for the backward pass (assembly/distance.ts). */
const NOTES = 5

/** Registers the distances between two sequences: values `[batch]` and notes `[batch, time, 5]`. */
export function registerDistances(): void {
  register('SequenceDistance', (memory, { u, x }, { kind, lengths }) => {
    const [batch, time, size] = extents(u)
    const [values, notes] = memory.outputs([batch], [batch, time, NOTES])
    const lengthsAt = memory.scratch(0, lengths).lists[0]
    const [inputs, outputs] = [memory.addresses(u, x), memory.addresses(values, notes)]
    memory.kernels.distance(kind, batch, time, size, lengthsAt, ...inputs, DISTANCE_EPSILON, ...outputs)
    return [values, notes]
  })

  register('SequenceDistanceGrad', (memory, { u, x, dy, notes }, { kind, lengths }) => {
    const [batch, time, size] = extents(u)
    const [du, dx] = memory.outputs([batch, time, size], [batch, time, size])
    const lengthsAt = memory.scratch(0, lengths).lists[0]
    memory.kernels.distanceGrad(kind, batch, time, size, lengthsAt, ...memory.addresses(u, x, dy, notes, du, dx))
    return [du, dx]
  })
}
