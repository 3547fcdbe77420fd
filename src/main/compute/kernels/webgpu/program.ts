import * as tf from '@tensorflow/tfjs'
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu'

/** A compute shader over float tensors, as `run` dispatches it. */
export interface Program {
  /** Stands for the source: programs of one key are compiled once. */
  key: string
  /** Shape of the output, which the source knows as the flat array `result`. */
  shape: number[]
  /** The source knows them by these names, as flat arrays. */
  inputs: Record<string, tf.TensorInfo>
  /** Integers, which the source knows as `uniforms.<name>`. */
  numbers: Record<string, number>
  /** The same for floats. */
  fractions?: Record<string, number>
  /** Invocations of a workgroup, and how many workgroups there are along x and y. */
  threads: number
  groups: [x: number, y: number]
  /**
   * WGSL with a function `main()`. TensorFlow.js declares bindings and `localIndex`, `workgroupId`, `numWorkgroups`
   * before it.
   */
  source: string
}

/** Dispatches a program on the WebGPU backend. */
export function run<T extends tf.Tensor>(program: Program): T {
  const info = dispatch(program, undefined)
  return tf.engine().makeTensorFromTensorInfo({ ...info, shape: program.shape }) as T
}

/**
 * Dispatches a program that works on a tensor in place: `result` is that tensor, with what it holds. It must not be
 * among the inputs, and its values must never have been asked for: TensorFlow.js would go on giving the old ones. Read
 * a copy of it.
 */
export function runInPlace(tensor: tf.Tensor, program: Omit<Program, 'shape'>): void {
  dispatch({ ...program, shape: tensor.shape }, { dataId: tensor.dataId, dtype: 'float32', shape: [tensor.size] })
}

function dispatch(
  { key, shape, inputs, numbers, fractions = {}, threads, groups, source }: Program,
  into: tf.TensorInfo | undefined,
): tf.TensorInfo {
  const backend = tf.backend() as WebGPUBackend
  const declared = (names: string[], type: string) => names.map((name) => `${name} : ${type}, `).join('')
  const program: WebGPUProgram = {
    shaderKey: key,
    outputShape: [sizeOf(shape)],
    variableNames: Object.keys(inputs),
    uniforms: declared(Object.keys(numbers), 'i32') + declared(Object.keys(fractions), 'f32'),
    dispatchLayout: { x: [0], y: [1] },
    dispatch: [...groups, 1],
    workgroupSize: [threads, 1, 1],
    getUserCode: () => source,
  }
  // Flat shapes keep the number of ranks, and with it that of compiled variants, at one.
  const flat = Object.values(inputs).map(({ dataId, dtype, shape: own }) => ({ dataId, dtype, shape: [sizeOf(own)] }))
  const uniforms = [
    ...Object.values(numbers).map((value) => ({ type: 'int32', data: [value] })),
    ...Object.values(fractions).map((value) => ({ type: 'float32', data: [value] })),
  ]
  return backend.runWebGPUProgram(program, flat, 'float32', uniforms, into)
}

const THREADS = 256
/** Below the limit of workgroups along one axis that every device has. */
const ROW_OF_GROUPS = 32_768

/** Workgroups with an invocation for each of `count` elements, and some behind the last. */
export function oneEach(count: number): Pick<Program, 'threads' | 'groups'> {
  const groups = Math.ceil(count / THREADS)
  const x = Math.min(groups, ROW_OF_GROUPS)
  return { threads: THREADS, groups: [x, Math.ceil(groups / x)] }
}

/** WGSL of the index of an invocation's element in a program of `oneEach`. */
export const ELEMENT_INDEX = `i32((workgroupId.y * numWorkgroups.x + workgroupId.x) * ${THREADS}u + localIndex)`

/** A program that computes each element of its output on its own: `source` defines `fn element(index: i32) -> f32`. */
export function runElementwise<T extends tf.Tensor>({
  key,
  shape,
  inputs,
  numbers,
  source,
}: Omit<Program, 'threads' | 'groups'>): T {
  const count = sizeOf(shape)
  const main = `
    fn main() {
      let index = ${ELEMENT_INDEX};
      if (index < uniforms.count) { result[index] = element(index); }
    }`
  return run({ key, shape, inputs, numbers: { ...numbers, count }, ...oneEach(count), source: source + main })
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1)
}

/** A list of integers on the device. */
export function integers(values: Int32Array): tf.Tensor1D {
  return tf.tensor1d(values, 'int32')
}
