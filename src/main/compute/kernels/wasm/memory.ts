import type { TensorInfo } from '@tensorflow/tfjs'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { KalamosError } from '../../../../shared/errors.ts'
import type { KernelExports } from './exports.ts'
import { instantiateKernels } from './module.ts'
import { PackedWeights } from './packed.ts'

/** What the backend's package does not declare: its allocator and where its tensors lie. */
interface BackendInternals {
  wasm: { asm: { memory: WebAssembly.Memory }; _malloc(bytes: number): number; _free(address: number): void }
  dataIdMap: { get(dataId: object): { memoryOffset: number } }
}

/** Scratch of one kernel call: an address for its own use, and those of the lists that were passed along. */
export interface Scratch<Lists extends readonly Int32Array[]> {
  address: number
  lists: Each<Lists, number>
}

/** A value for each of a tuple's. */
type Each<Of extends readonly unknown[], To> = { [At in keyof Of]: To }

const LINE = 64

/**
 * The memory of the WASM backend as the kernels see it: addresses of tensors, new tensors, and scratch that is kept
 * from call to call and grows when needed.
 */
export class KernelMemory {
  readonly kernels: KernelExports
  readonly packed: PackedWeights
  readonly #backend: BackendWasm
  readonly #internals: BackendInternals
  #scratch = 0
  #scratchBytes = 0

  constructor(backend: BackendWasm) {
    this.#backend = backend
    this.#internals = backend as unknown as BackendInternals
    this.kernels = instantiateKernels(this.#internals.wasm.asm.memory)
    refuseFailedAllocations(this.#internals)
    this.packed = new PackedWeights({
      pack: (weight, bias, rows, columns) => this.#pack(weight, bias, rows, columns),
      free: (address) => this.#internals.wasm._free(address),
    })
    const dispose = backend.disposeData.bind(backend)
    backend.disposeData = (dataId, force) => {
      const gone = dispose(dataId, force)
      if (gone) this.packed.forget(dataId)
      return gone
    }
  }

  /** Where a tensor's values lie; 0 for none. */
  address(tensor: TensorInfo | undefined): number {
    // The allocator's addresses are signed; those above 2 GB come out negative.
    return tensor === undefined ? 0 : this.#internals.dataIdMap.get(tensor.dataId).memoryOffset >>> 0
  }

  /** Where the values of several tensors lie, in their order. */
  addresses<Of extends readonly (TensorInfo | undefined)[]>(...tensors: Of): Each<Of, number> {
    return tensors.map((tensor) => this.address(tensor)) as Each<Of, number>
  }

  /** New float tensors of several shapes. */
  outputs<Of extends readonly number[][]>(...shapes: Of): Each<Of, TensorInfo> {
    return shapes.map((shape) => this.output(shape)) as Each<Of, TensorInfo>
  }

  /** A new float tensor with undefined values; throws `out-of-memory`. */
  output(shape: number[]): TensorInfo {
    const bytes = shape.reduce((product, extent) => product * extent, 4)
    if (bytes >= MOST_BYTES) throw noRoom(bytes)
    return this.#backend.makeOutput(shape, 'float32')
  }

  dispose(tensor: TensorInfo): void {
    this.#backend.disposeData(tensor.dataId as Parameters<BackendWasm['disposeData']>[0])
  }

  /** Scratch of at least `bytes`, with integer lists in front of it. Valid until the next call of this method. */
  scratch<Lists extends readonly Int32Array[]>(bytes: number, ...lists: Lists): Scratch<Lists> {
    const listBytes = lists.reduce((sum, list) => sum + aligned(list.byteLength), 0)
    this.#reserve(listBytes + bytes + LINE)
    let at = aligned(this.#scratch)
    const addresses = lists.map((list) => {
      const address = at
      new Int32Array(this.#internals.wasm.asm.memory.buffer, address, list.length).set(list)
      at += aligned(list.byteLength)
      return address
    })
    return { address: at, lists: addresses as Each<Lists, number> }
  }

  /** Bytes of the whole memory, used or not. */
  get size(): number {
    return this.#internals.wasm.asm.memory.buffer.byteLength
  }

  /** A view of a tensor's values; not valid after the next allocation. */
  view(tensor: TensorInfo): Float32Array {
    const size = tensor.shape.reduce((product, extent) => product * extent, 1)
    return new Float32Array(this.#internals.wasm.asm.memory.buffer, this.address(tensor), size)
  }

  #pack(weight: TensorInfo, bias: TensorInfo | undefined, rows: number, columns: number): number {
    const address = this.#internals.wasm._malloc(this.kernels.packedSize(rows, columns)) >>> 0
    this.kernels.pack(rows, columns, this.address(weight), 4 * columns, 4, this.address(bias), address)
    return address
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#scratchBytes) return
    if (this.#scratch) this.#internals.wasm._free(this.#scratch)
    this.#scratch = 0
    this.#scratchBytes = 0
    this.#scratch = this.#internals.wasm._malloc(bytes) >>> 0
    this.#scratchBytes = bytes
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / LINE) * LINE
}

/** What 32-bit addresses reach; the backend lets larger sizes wrap. */
const MOST_BYTES = 2 ** 32

function noRoom(bytes: number): KalamosError {
  return new KalamosError(
    'out-of-memory',
    `the batch does not fit into the memory of the kernels (at ${Math.ceil(bytes / 2 ** 20)} MB)`,
    'Use a smaller batch or leave out very long recordings.',
  )
}

/** The backend does not look whether an allocation failed, and would then write over address 0. */
function refuseFailedAllocations({ wasm }: BackendInternals): void {
  const allocate = wasm._malloc
  wasm._malloc = (bytes) => {
    let address: number
    try {
      address = allocate(bytes)
    } catch {
      // Emscripten gives up altogether when its memory cannot grow further.
      throw noRoom(bytes)
    }
    if (address === 0 && bytes > 0) throw noRoom(bytes)
    return address
  }
}

let shared: KernelMemory | undefined

/** From this size on the memory is as good as full: it grows in large pieces and ends at 2 GB. */
const NEARLY_FULL = 1.5 * 2 ** 30

/** What really happened: whatever breaks in a memory that could not grow any more broke because of that. */
export function explainFailure(error: unknown): unknown {
  const full = shared !== undefined && shared.size >= NEARLY_FULL
  return full &&
    error instanceof Error &&
    !(error instanceof KalamosError) &&
    /memory|aborted|unreachable/i.test(error.message)
    ? noRoom(shared!.size)
    : error
}

/** The memory of a thread's WASM backend. */
export function kernelMemory(backend: unknown): KernelMemory {
  shared ??= new KernelMemory(backend as BackendWasm)
  return shared
}
