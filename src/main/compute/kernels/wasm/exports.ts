/** A number for each name. Kernels take more of them than fit into a line as parameters. */
type Numbers<Names extends string> = Names extends `${string} ${infer Others}` ? [number, ...Numbers<Others>] : [number]

// What kernels of one family have in common.
type Conv = Numbers<'batch time inputs outputs width stride before frames lengths outLengths'>
type Depthwise = Numbers<'batch time channels repeats width before lengths'>
type Frames = Numbers<'batch time channels lengths'>
type Lstm = Numbers<'batch time inputs hidden reverse lengths order x'>
type Distance = Numbers<'kind batch time size lengths u x'>

/**
 * What the kernel module exports (kernels/assembly/index.ts). Tensors, length lists and scratch are addresses in the
 * memory that the module shares with TensorFlow.js; the address 0 stands for "none" where a kernel allows it.
 */
export interface KernelExports {
  activation(kind: number, count: number, x: number, y: number): void
  activationGrad(kind: number, count: number, x: number, dy: number, dx: number): void
  dropout(rows: number, perRow: number, keys: number, threshold: number, kept: number, x: number, y: number): void
  maxPool(batch: number, time: number, frames: number, channels: number, outLengths: number, x: number, y: number): void
  maxPoolGrad(...of: Numbers<'batch time frames channels outLengths x dy dx'>): void

  /** Bytes of a packed matrix `[k, n]`. */
  packedSize(k: number, n: number): number
  pack(k: number, n: number, from: number, rowStride: number, columnStride: number, bias: number, to: number): void

  convScratch(time: number, inputs: number, outputs: number, width: number, stride: number): number
  conv(...of: [...Conv, ...Numbers<'x kernel bias y scratch'>]): void
  convPacked(...of: [...Conv, ...Numbers<'x packed y scratch'>]): void
  convInputGradScratch(time: number, inputs: number, outputs: number, width: number, stride: number): number
  convInputGrad(...of: [...Conv, ...Numbers<'dy kernel dx scratch'>]): void
  convKernelGradScratch(time: number, inputs: number, outputs: number, width: number, stride: number): number
  convKernelGrad(...of: [...Conv, ...Numbers<'x dy dkernel dbias scratch'>]): void

  depthwise(...of: [...Depthwise, ...Numbers<'x kernel bias y'>]): void
  depthwiseInputGrad(...of: [...Depthwise, ...Numbers<'dy kernel dx'>]): void
  depthwiseKernelGrad(...of: [...Depthwise, ...Numbers<'x dy dkernel dbias'>]): void

  frameSums(...of: [...Frames, ...Numbers<'x total scratch'>]): void
  centredSquares(...of: [...Frames, ...Numbers<'x mean total scratch'>]): void
  normalise(...of: [...Frames, ...Numbers<'x mean scale gamma beta y'>]): void
  normGradSums(...of: [...Frames, ...Numbers<'x dy mean scale sum product scratch'>]): void
  normGrad(...of: [...Frames, ...Numbers<'x dy mean scale gamma sum product perCount dx'>]): void
  instanceNorm(...of: [...Frames, ...Numbers<'x gamma beta epsilon y mean scale'>]): void
  instanceNormGrad(...of: [...Frames, ...Numbers<'x dy gamma mean scale dx dgamma dbeta scratch'>]): void

  lstmScratch(batch: number, inputs: number, hidden: number): number
  lstm(...of: [...Lstm, ...Numbers<'input recurrent bias gates cells y columns column scratch'>]): void
  lstmPacked(...of: [...Lstm, ...Numbers<'input recurrent gates cells y columns column scratch'>]): void
  lstmGradScratch(batch: number, inputs: number, hidden: number): number
  lstmGrad(
    ...of: [
      ...Lstm,
      ...Numbers<'input recurrent gates cells y dy columns column dgates dx add dinput drecurrent dbias scratch'>,
    ]
  ): void

  distance(...of: [...Distance, ...Numbers<'epsilon values notes'>]): void
  distanceGrad(...of: [...Distance, ...Numbers<'dy notes du dx'>]): void

  ctcScratch(time: number, longest: number): number
  ctc(...of: Numbers<'batch time classes lengths labels starts blank logits losses gradients scratch'>): void
}

/** What the optimiser module exports (kernels/assembly/optimiser.ts). */
export interface OptimiserExports {
  adamw(
    ...of: Numbers<'count weights gradients first second rate shrink beta1 beta2 epsilon perRoot gradientScale'>
  ): void
  addBlock(count: number, from: number, to: number): void
  squaredNorm(count: number, from: number): number
}
