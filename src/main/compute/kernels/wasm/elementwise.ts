import { poolLengths } from '../../ops/lengths.ts'
import { dropThreshold } from '../../ops/composite/dropout.ts'
import { extents, register } from './register.ts'

/** Registers activations, dropout and max-pooling. */
export function registerElementwise(): void {
  register('Activation1d', (memory, { x }, { kind }) => {
    const y = memory.output(x!.shape)
    memory.kernels.activation(kind, size(x!.shape), ...memory.addresses(x, y))
    return [y]
  })

  register('Activation1dGrad', (memory, { x, dy }, { kind }) => {
    const dx = memory.output(x!.shape)
    memory.kernels.activationGrad(kind, size(x!.shape), ...memory.addresses(x, dy, dx))
    return [dx]
  })

  register('Dropout1d', (memory, { x }, { rate, keys }) => {
    const y = memory.output(x!.shape)
    const perRow = size(x!.shape.slice(1))
    const keysAt = memory.scratch(0, keys).lists[0]
    memory.kernels.dropout(keys.length, perRow, keysAt, dropThreshold(rate), 1 / (1 - rate), ...memory.addresses(x, y))
    return [y]
  })

  register('MaxPool1d', (memory, { x }, { lengths }) => {
    const [batch, time, channels] = extents(x)
    const frames = Math.floor(time / 2)
    const y = memory.output([batch, frames, channels])
    const lengthsAt = memory.scratch(0, poolLengths(lengths, 2)).lists[0]
    memory.kernels.maxPool(batch, time, frames, channels, lengthsAt, ...memory.addresses(x, y))
    return [y]
  })

  register('MaxPool1dGrad', (memory, { x, dy }, { lengths }) => {
    const [batch, time, channels] = extents(x)
    const dx = memory.output([batch, time, channels])
    const lengthsAt = memory.scratch(0, poolLengths(lengths, 2)).lists[0]
    memory.kernels.maxPoolGrad(batch, time, Math.floor(time / 2), channels, lengthsAt, ...memory.addresses(x, dy, dx))
    return [dx]
  })
}

function size(shape: number[]): number {
  return shape.reduce((product, extent) => product * extent, 1)
}
