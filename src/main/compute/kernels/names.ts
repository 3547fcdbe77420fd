/**
 * The custom kernels by name, with their attributes. Every backend that has one registers it under the same name, so
 * that the gradients (kernels/gradients.ts) are written once.
 */
export interface KernelAttributes {
  Conv1d: ConvAttributes
  Conv1dInputGrad: ConvAttributes & { time: number }
  Conv1dKernelGrad: ConvAttributes & { width: number; bias: boolean }
  DepthwiseConv1d: { lengths: Int32Array }
  DepthwiseConv1dInputGrad: { lengths: Int32Array; channels: number }
  DepthwiseConv1dKernelGrad: { lengths: Int32Array; width: number; bias: boolean }
  BatchNorm1d: BatchNormAttributes
  BatchNorm1dGrad: BatchNormAttributes
  /** Batch norm by given statistics: in reading. */
  Normalise1d: { lengths: Int32Array }
  InstanceNorm1d: { lengths: Int32Array }
  InstanceNorm1dGrad: { lengths: Int32Array }
  Activation1d: { kind: number }
  Activation1dGrad: { kind: number }
  Dropout1d: { rate: number; keys: Int32Array }
  MaxPool1d: { lengths: Int32Array }
  MaxPool1dGrad: { lengths: Int32Array }
  SequenceLstm: LstmAttributes
  SequenceLstmGrad: LstmAttributes
  SequenceDistance: DistanceAttributes
  SequenceDistanceGrad: DistanceAttributes
  SequenceCtc: { lengths: Int32Array; labels: readonly (readonly number[])[]; blank: number }
}

export interface ConvAttributes {
  stride: number
  before: number
  lengths: Int32Array
  outLengths: Int32Array
  frames: number
}

export interface BatchNormAttributes {
  lengths: Int32Array
  reduce?: Reduce | undefined
}

export interface LstmAttributes {
  lengths: Int32Array
  /** One entry for each direction: whether it runs backwards. */
  reverse: readonly boolean[]
}

export interface DistanceAttributes {
  /** Index in `DISTANCES`. */
  kind: number
  lengths: Int32Array
}

export type KernelName = keyof KernelAttributes

/**
 * Adds up values over the threads that share one batch, in a fixed order, and gives every thread the same sums.
 * Each thread must call it equally often. Stock operations ignore it: they run on one thread.
 */
export type Reduce = (values: Float64Array) => Float64Array
