import { samePadding } from '../../ops/lengths.ts'
import { extents, register } from './register.ts'

/** Registers convolution (also dense layers: width 1) and depthwise convolution. */
export function registerConvolutions(): void {
  register('Conv1d', (memory, { x, kernel, bias }, { stride, before, lengths, outLengths, frames }) => {
    const [batch, time, inputs] = extents(x)
    const [width, , outputs] = extents(kernel)
    const { kernels } = memory
    const y = memory.output([batch, frames, outputs])
    const bytes = kernels.convScratch(time, inputs, outputs, width, stride)
    const { lists, address } = memory.scratch(bytes, lengths, outLengths)
    const sizes = [batch, time, inputs, outputs, width, stride, before, frames, ...lists] as const
    const packed = memory.packed.address(kernel!, bias, width * inputs, outputs)
    if (packed) kernels.convPacked(...sizes, memory.address(x), packed, memory.address(y), address)
    else kernels.conv(...sizes, ...memory.addresses(x, kernel, bias, y), address)
    return [y]
  })

  register('Conv1dInputGrad', (memory, { dy, kernel }, { stride, before, lengths, outLengths, frames, time }) => {
    const [batch] = extents(dy)
    const [width, inputs, outputs] = extents(kernel)
    const { kernels } = memory
    const dx = memory.output([batch, time, inputs])
    const bytes = kernels.convInputGradScratch(time, inputs, outputs, width, stride)
    const { lists, address } = memory.scratch(bytes, lengths, outLengths)
    const sizes = [batch, time, inputs, outputs, width, stride, before, frames, ...lists] as const
    kernels.convInputGrad(...sizes, ...memory.addresses(dy, kernel, dx), address)
    return [dx]
  })

  register('Conv1dKernelGrad', (memory, { x, dy }, { stride, before, lengths, outLengths, frames, width }) => {
    const [batch, time, inputs] = extents(x)
    const outputs = extents(dy)[2]
    const { kernels } = memory
    const [dkernel, dbias] = memory.outputs([width, inputs, outputs], [outputs])
    const bytes = kernels.convKernelGradScratch(time, inputs, outputs, width, stride)
    const { lists, address } = memory.scratch(bytes, lengths, outLengths)
    const sizes = [batch, time, inputs, outputs, width, stride, before, frames, ...lists] as const
    kernels.convKernelGrad(...sizes, ...memory.addresses(x, dy, dkernel, dbias), address)
    return [dkernel, dbias]
  })

  register('DepthwiseConv1d', (memory, { x, kernel, bias }, { lengths }) => {
    const [batch, time, channels] = extents(x)
    const [width, outputs] = kernel!.shape as [number, number]
    const y = memory.output([batch, time, outputs])
    const { lists } = memory.scratch(0, lengths)
    const sizes = [batch, time, channels, outputs / channels, width, samePadding(width, 1).before, ...lists] as const
    memory.kernels.depthwise(...sizes, ...memory.addresses(x, kernel, bias, y))
    return [y]
  })

  register('DepthwiseConv1dInputGrad', (memory, { dy, kernel }, { lengths, channels }) => {
    const [batch, time, outputs] = extents(dy)
    const width = kernel!.shape[0]!
    const dx = memory.output([batch, time, channels])
    const { lists } = memory.scratch(0, lengths)
    const sizes = [batch, time, channels, outputs / channels, width, samePadding(width, 1).before, ...lists] as const
    memory.kernels.depthwiseInputGrad(...sizes, ...memory.addresses(dy, kernel, dx))
    return [dx]
  })

  register('DepthwiseConv1dKernelGrad', (memory, { x, dy }, { lengths, width }) => {
    const [batch, time, channels] = extents(x)
    const outputs = extents(dy)[2]
    const [dkernel, dbias] = memory.outputs([width, outputs], [outputs])
    const { lists } = memory.scratch(0, lengths)
    const sizes = [batch, time, channels, outputs / channels, width, samePadding(width, 1).before, ...lists] as const
    memory.kernels.depthwiseKernelGrad(...sizes, ...memory.addresses(x, dy, dkernel, dbias))
    return [dkernel, dbias]
  })
}
