import * as tf from '@tensorflow/tfjs'
import type { KernelName } from '../../src/main/compute/kernels/names.ts'

/** What a step consists of. Kernels that are in no group are TensorFlow.js's own. */
export const GROUPS = {
  'convolutions, dense layers': ['Conv1d', 'Conv1dInputGrad', 'Conv1dKernelGrad'],
  'depthwise convolutions': ['DepthwiseConv1d', 'DepthwiseConv1dInputGrad', 'DepthwiseConv1dKernelGrad'],
  LSTM: ['SequenceLstm', 'SequenceLstmGrad'],
  'norms, activations, dropout, pooling': [
    'BatchNorm1d',
    'BatchNorm1dGrad',
    'Normalise1d',
    'InstanceNorm1d',
    'InstanceNorm1dGrad',
    'Activation1d',
    'Activation1dGrad',
    'Dropout1d',
    'MaxPool1d',
    'MaxPool1dGrad',
  ],
  CTC: ['SequenceCtc'],
} as const satisfies Record<string, readonly KernelName[]>

const STOCK = 'stock operations'
export type Group = keyof typeof GROUPS | typeof STOCK

const groupOf = new Map<string, Group>(
  Object.entries(GROUPS).flatMap(([group, names]) => names.map((name) => [name, group as Group])),
)

/** Milliseconds that kernels took, by group. */
export class KernelTimes {
  #spent = new Map<Group, number>()
  /** Time that kernels called by the running one took. */
  #inner = 0

  /** Puts a clock around every kernel of the active backend, once and for the rest of the process. */
  constructor() {
    for (const config of tf.getKernelsForBackend(tf.getBackend())) {
      const group = groupOf.get(config.kernelName) ?? STOCK
      tf.unregisterKernel(config.kernelName, config.backendName)
      tf.registerKernel({ ...config, kernelFunc: (params) => this.#timed(group, () => config.kernelFunc(params)) })
    }
  }

  /** What was spent since the last time, by group. */
  take(): Map<Group, number> {
    const spent = this.#spent
    this.#spent = new Map()
    return spent
  }

  #timed<T>(group: Group, work: () => T): T {
    const outer = this.#inner
    this.#inner = 0
    const start = performance.now()
    try {
      return work()
    } finally {
      const taken = performance.now() - start
      this.#spent.set(group, (this.#spent.get(group) ?? 0) + taken - this.#inner)
      this.#inner = outer + taken
    }
  }
}
