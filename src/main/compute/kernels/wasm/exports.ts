/**
 * What the kernel module exports (kernels/assembly/index.ts). Tensors, length lists and scratch are addresses in the
 * memory that the module shares with TensorFlow.js; the address 0 stands for "none" where a kernel allows it.
 */
export interface KernelExports {
  activation(kind: number, count: number, x: number, y: number): void
  activationGrad(kind: number, count: number, x: number, dy: number, dx: number): void
  dropout(rows: number, perRow: number, keys: number, threshold: number, kept: number, x: number, y: number): void
  maxPool(batch: number, time: number, frames: number, channels: number, outLengths: number, x: number, y: number): void
  maxPoolGrad(
    batch: number,
    time: number,
    frames: number,
    channels: number,
    outLengths: number,
    x: number,
    dy: number,
    dx: number,
  ): void

  /** Bytes of a packed matrix `[k, n]`. */
  packedSize(k: number, n: number): number
  pack(k: number, n: number, from: number, rowStride: number, columnStride: number, bias: number, to: number): void

  convScratch(time: number, inputs: number, outputs: number, width: number, stride: number): number
  conv(
    batch: number,
    time: number,
    inputs: number,
    outputs: number,
    width: number,
    stride: number,
    before: number,
    frames: number,
    lengths: number,
    outLengths: number,
    x: number,
    kernel: number,
    bias: number,
    y: number,
    scratch: number,
  ): void
  convPacked(
    batch: number,
    time: number,
    inputs: number,
    outputs: number,
    width: number,
    stride: number,
    before: number,
    frames: number,
    lengths: number,
    outLengths: number,
    x: number,
    packed: number,
    y: number,
    scratch: number,
  ): void
  convInputGradScratch(time: number, inputs: number, outputs: number, width: number, stride: number): number
  convInputGrad(
    batch: number,
    time: number,
    inputs: number,
    outputs: number,
    width: number,
    stride: number,
    before: number,
    frames: number,
    lengths: number,
    outLengths: number,
    dy: number,
    kernel: number,
    dx: number,
    scratch: number,
  ): void
  convKernelGradScratch(time: number, inputs: number, outputs: number, width: number, stride: number): number
  convKernelGrad(
    batch: number,
    time: number,
    inputs: number,
    outputs: number,
    width: number,
    stride: number,
    before: number,
    frames: number,
    lengths: number,
    outLengths: number,
    x: number,
    dy: number,
    dkernel: number,
    dbias: number,
    scratch: number,
  ): void

  depthwise(
    batch: number,
    time: number,
    channels: number,
    repeats: number,
    width: number,
    before: number,
    lengths: number,
    x: number,
    kernel: number,
    bias: number,
    y: number,
  ): void
  depthwiseInputGrad(
    batch: number,
    time: number,
    channels: number,
    repeats: number,
    width: number,
    before: number,
    lengths: number,
    dy: number,
    kernel: number,
    dx: number,
  ): void
  depthwiseKernelGrad(
    batch: number,
    time: number,
    channels: number,
    repeats: number,
    width: number,
    before: number,
    lengths: number,
    x: number,
    dy: number,
    dkernel: number,
    dbias: number,
  ): void

  frameSums(
    batch: number,
    time: number,
    channels: number,
    lengths: number,
    x: number,
    total: number,
    scratch: number,
  ): void
  centredSquares(
    batch: number,
    time: number,
    channels: number,
    lengths: number,
    x: number,
    mean: number,
    total: number,
    scratch: number,
  ): void
  normalise(
    batch: number,
    time: number,
    channels: number,
    lengths: number,
    x: number,
    mean: number,
    scale: number,
    gamma: number,
    beta: number,
    y: number,
  ): void
  normGradSums(
    batch: number,
    time: number,
    channels: number,
    lengths: number,
    x: number,
    dy: number,
    mean: number,
    scale: number,
    sum: number,
    product: number,
    scratch: number,
  ): void
  normGrad(
    batch: number,
    time: number,
    channels: number,
    lengths: number,
    x: number,
    dy: number,
    mean: number,
    scale: number,
    gamma: number,
    sum: number,
    product: number,
    perCount: number,
    dx: number,
  ): void
  instanceNorm(
    batch: number,
    time: number,
    channels: number,
    lengths: number,
    x: number,
    gamma: number,
    beta: number,
    epsilon: number,
    y: number,
    mean: number,
    scale: number,
  ): void
  instanceNormGrad(
    batch: number,
    time: number,
    channels: number,
    lengths: number,
    x: number,
    dy: number,
    gamma: number,
    mean: number,
    scale: number,
    dx: number,
    dgamma: number,
    dbeta: number,
    scratch: number,
  ): void

  lstmScratch(batch: number, inputs: number, hidden: number): number
  lstm(
    batch: number,
    time: number,
    inputs: number,
    hidden: number,
    reverse: number,
    lengths: number,
    order: number,
    x: number,
    input: number,
    recurrent: number,
    bias: number,
    gates: number,
    cells: number,
    y: number,
    columns: number,
    column: number,
    scratch: number,
  ): void
  lstmPacked(
    batch: number,
    time: number,
    inputs: number,
    hidden: number,
    reverse: number,
    lengths: number,
    order: number,
    x: number,
    input: number,
    recurrent: number,
    gates: number,
    cells: number,
    y: number,
    columns: number,
    column: number,
    scratch: number,
  ): void
  lstmGradScratch(batch: number, inputs: number, hidden: number): number
  lstmGrad(
    batch: number,
    time: number,
    inputs: number,
    hidden: number,
    reverse: number,
    lengths: number,
    order: number,
    x: number,
    input: number,
    recurrent: number,
    gates: number,
    cells: number,
    y: number,
    dy: number,
    columns: number,
    column: number,
    dgates: number,
    dx: number,
    add: number,
    dinput: number,
    drecurrent: number,
    dbias: number,
    scratch: number,
  ): void

  distance(
    kind: number,
    batch: number,
    time: number,
    size: number,
    lengths: number,
    u: number,
    x: number,
    epsilon: number,
    values: number,
    notes: number,
  ): void
  distanceGrad(
    kind: number,
    batch: number,
    time: number,
    size: number,
    lengths: number,
    u: number,
    x: number,
    dy: number,
    notes: number,
    du: number,
    dx: number,
  ): void

  ctcScratch(time: number, longest: number): number
  ctc(
    batch: number,
    time: number,
    classes: number,
    lengths: number,
    labels: number,
    starts: number,
    blank: number,
    logits: number,
    losses: number,
    gradients: number,
    scratch: number,
  ): void
}

/** What the optimiser module exports (kernels/assembly/optimiser.ts). */
export interface OptimiserExports {
  adamw(
    count: number,
    weights: number,
    gradients: number,
    first: number,
    second: number,
    rate: number,
    shrink: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    perRoot: number,
    gradientScale: number,
  ): void
  addBlock(count: number, from: number, to: number): void
  squaredNorm(count: number, from: number): number
}
