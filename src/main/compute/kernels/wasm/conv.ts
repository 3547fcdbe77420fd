import { samePadding } from '../../ops/lengths.ts'
import { extents, register } from './register.ts'

/** Registers convolution (also dense layers: width 1) and depthwise convolution. */
export function registerConvolutions(): void {
  register('Conv1d', (memory, { x, kernel, bias }, { stride, before, lengths, outLengths, frames }) => {
    const [batch, time, inputs] = extents(x)
    const [width, , outputs] = extents(kernel)
    const { kernels } = memory
    const y = memory.output([batch, frames, outputs])
    const scratch = memory.scratch(kernels.convScratch(time, inputs, outputs, width, stride), lengths, outLengths)
    const [lengthsAt, outLengthsAt] = scratch.lists as [number, number]
    const sizes = [batch, time, inputs, outputs, width, stride, before, frames, lengthsAt, outLengthsAt] as const
    const packed = memory.packed.address(kernel!, bias, width * inputs, outputs)
    if (packed) kernels.convPacked(...sizes, memory.address(x), packed, memory.address(y), scratch.address)
    else
      kernels.conv(
        ...sizes,
        memory.address(x),
        memory.address(kernel),
        memory.address(bias),
        memory.address(y),
        scratch.address,
      )
    return [y]
  })

  register('Conv1dInputGrad', (memory, { dy, kernel }, { stride, before, lengths, outLengths, frames, time }) => {
    const [batch] = extents(dy)
    const [width, inputs, outputs] = extents(kernel)
    const { kernels } = memory
    const dx = memory.output([batch, time, inputs])
    const scratch = memory.scratch(
      kernels.convInputGradScratch(time, inputs, outputs, width, stride),
      lengths,
      outLengths,
    )
    const [lengthsAt, outLengthsAt] = scratch.lists as [number, number]
    kernels.convInputGrad(
      batch,
      time,
      inputs,
      outputs,
      width,
      stride,
      before,
      frames,
      lengthsAt,
      outLengthsAt,
      memory.address(dy),
      memory.address(kernel),
      memory.address(dx),
      scratch.address,
    )
    return [dx]
  })

  register('Conv1dKernelGrad', (memory, { x, dy }, { stride, before, lengths, outLengths, frames, width }) => {
    const [batch, time, inputs] = extents(x)
    const outputs = extents(dy)[2]
    const { kernels } = memory
    const dkernel = memory.output([width, inputs, outputs])
    const dbias = memory.output([outputs])
    const scratch = memory.scratch(
      kernels.convKernelGradScratch(time, inputs, outputs, width, stride),
      lengths,
      outLengths,
    )
    const [lengthsAt, outLengthsAt] = scratch.lists as [number, number]
    kernels.convKernelGrad(
      batch,
      time,
      inputs,
      outputs,
      width,
      stride,
      before,
      frames,
      lengthsAt,
      outLengthsAt,
      memory.address(x),
      memory.address(dy),
      memory.address(dkernel),
      memory.address(dbias),
      scratch.address,
    )
    return [dkernel, dbias]
  })

  register('DepthwiseConv1d', (memory, { x, kernel, bias }, { lengths }) => {
    const [batch, time, channels] = extents(x)
    const [width, outputs] = kernel!.shape as [number, number]
    const y = memory.output([batch, time, outputs])
    const [lengthsAt] = memory.scratch(0, lengths).lists as [number]
    memory.kernels.depthwise(
      batch,
      time,
      channels,
      outputs / channels,
      width,
      samePadding(width, 1).before,
      lengthsAt,
      memory.address(x),
      memory.address(kernel),
      memory.address(bias),
      memory.address(y),
    )
    return [y]
  })

  register('DepthwiseConv1dInputGrad', (memory, { dy, kernel }, { lengths, channels }) => {
    const [batch, time, outputs] = extents(dy)
    const width = kernel!.shape[0]!
    const dx = memory.output([batch, time, channels])
    const [lengthsAt] = memory.scratch(0, lengths).lists as [number]
    memory.kernels.depthwiseInputGrad(
      batch,
      time,
      channels,
      outputs / channels,
      width,
      samePadding(width, 1).before,
      lengthsAt,
      memory.address(dy),
      memory.address(kernel),
      memory.address(dx),
    )
    return [dx]
  })

  register('DepthwiseConv1dKernelGrad', (memory, { x, dy }, { lengths, width }) => {
    const [batch, time, channels] = extents(x)
    const outputs = extents(dy)[2]
    const dkernel = memory.output([width, outputs])
    const dbias = memory.output([outputs])
    const [lengthsAt] = memory.scratch(0, lengths).lists as [number]
    memory.kernels.depthwiseKernelGrad(
      batch,
      time,
      channels,
      outputs / channels,
      width,
      samePadding(width, 1).before,
      lengthsAt,
      memory.address(x),
      memory.address(dy),
      memory.address(dkernel),
      memory.address(dbias),
    )
    return [dkernel, dbias]
  })
}
