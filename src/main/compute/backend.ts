import * as tf from '@tensorflow/tfjs'
import { saidBy, KalamosError } from '../../shared/errors.ts'
import { english } from '../../shared/messages/index.ts'
import { native } from '../native/libraries.ts'
import { enableKernels } from './kernels/run.ts'
import { registerWasmKernels } from './kernels/wasm/index.ts'
import { hasRelaxedSimd } from './kernels/wasm/module.ts'
import { readBack, type Adapter } from './kernels/webgpu/read-back.ts'
import { registerWebgpuKernels } from './kernels/webgpu/index.ts'

/**
 * `kernels` are this project's own on the WASM backend, `webgpu` has them as compute shaders; the others are
 * TensorFlow.js as it comes.
 */
export const BACKENDS = ['kernels', 'tensorflow', 'webgpu', 'wasm', 'cpu'] as const
export type BackendName = (typeof BACKENDS)[number]

export interface BackendChoice {
  name: BackendName
  /** Why this one, for people. */
  reason: string
  /** What was not taken, and why. */
  rejected: { name: BackendName; reason: string }[]
}

/**
 * Which backend to compute with. `auto` takes the first that works in the order of `BACKENDS`: first the CPU kernels,
 * whose speed is measured (docs/performance.md) and which every machine has. A GPU is taken where a person asks for it:
 * without one at hand, nobody could measure from which size of a model on it wins. A wish for one is granted or refused
 * with `backend-unavailable`. The chosen one is active afterwards.
 */
export async function chooseBackend(wish: BackendName | 'auto'): Promise<BackendChoice> {
  const rejected: BackendChoice['rejected'] = []
  for (const name of wish === 'auto' ? BACKENDS : [wish]) {
    try {
      await useBackend(name)
      const reason =
        wish === 'auto'
          ? `the first choice that works here: ${await describe(name)}`
          : `asked for: ${await describe(name)}`
      return { name, reason, rejected: [...rejected, ...others(name, wish)] }
    } catch (error) {
      rejected.push({ name, reason: english(saidBy(error)) })
    }
  }
  const failure = rejected.map(({ name, reason }) => `${name}: ${reason}`).join('; ')
  throw new KalamosError(
    'backend-unavailable',
    `no compute backend works (${failure})`,
    wish === 'auto' ? 'Run `npm run build`.' : 'Choose the backend "auto".',
  )
}

function others(taken: BackendName, wish: BackendName | 'auto'): BackendChoice['rejected'] {
  const names =
    wish === 'auto' ? BACKENDS.slice(BACKENDS.indexOf(taken) + 1) : BACKENDS.filter((name) => name !== taken)
  const reason = wish === 'auto' ? `not tried, ${taken} comes first` : 'another one was asked for'
  return names.map((name) => ({ name, reason }))
}

/**
 * Makes a backend the active one of this thread; throws `backend-unavailable` with the reason where it does not work.
 */
export async function useBackend(name: BackendName): Promise<void> {
  try {
    await activate[name]()
  } catch (error) {
    if (error instanceof KalamosError) throw error
    throw new KalamosError(
      'backend-unavailable',
      `the backend "${name}" does not start: ${english(saidBy(error))}`,
      'Choose the backend "auto".',
      { cause: error },
    )
  }
}

const activate: Record<BackendName, () => Promise<void>> = {
  async kernels() {
    await startWasm()
    registerWasmKernels()
    enableKernels(true)
  },
  async wasm() {
    await startWasm()
    enableKernels(false)
  },
  async cpu() {
    await start('cpu')
  },
  async webgpu() {
    await startWebgpu()
    registerWebgpuKernels()
    enableKernels(true)
  },
  async tensorflow() {
    await startTensorflow()
  },
}

async function start(backend: string): Promise<void> {
  // Production mode keeps TensorFlow.js from printing advice.
  tf.enableProdMode()
  if (!(await tf.setBackend(backend)))
    throw new KalamosError('backend-unavailable', `TensorFlow.js could not start its backend "${backend}"`)
  await tf.ready()
}

async function startWasm(): Promise<void> {
  await import('@tensorflow/tfjs-backend-wasm')
  await start('wasm')
}

/** WebGPU comes from Dawn, which the optional package `webgpu` brings to Node. */
async function startWebgpu(): Promise<void> {
  // Not even tried: where its memory is refused, Dawn ends the process instead of failing.
  if (process.versions['electron'] !== undefined) {
    throw new KalamosError(
      'backend-unavailable',
      'inside Electron, results cannot be read back from the graphics card: its memory cage forbids what the ' +
        'WebGPU library does',
      'Choose the backend "auto", or train in the browser or the terminal, where there may be WebGPU.',
    )
  }
  if (!('gpu' in navigator)) {
    const { create, globals } = native('gpu')
    Object.assign(globalThis, globals)
    Object.defineProperty(navigator, 'gpu', { value: create([]), configurable: true })
  }
  const adapter = await requestAdapter()
  if (adapter === null) {
    throw new KalamosError(
      'backend-unavailable',
      'WebGPU finds no graphics driver that it can use (Vulkan, Metal or Direct3D 12)',
      'Install the driver of the graphics card, or choose the backend "auto".',
    )
  }
  await readBack(adapter)
  await import('@tensorflow/tfjs-backend-webgpu')
  await start('webgpu')
}

interface Device {
  lost: Promise<{ reason: string; message: string }>
  addEventListener(
    type: 'uncapturederror',
    listener: (event: { error: Error }) => void,
    options: { once: boolean },
  ): void
}

/**
 * Resolves when the GPU of the active backend fails: when it is lost, when its memory is full, or when it refuses work,
 * which then leaves zeros without a word. Never where there is no GPU.
 */
export async function deviceFailure(): Promise<KalamosError> {
  const { device } = tf.backend() as { device?: Device }
  if (!device) return new Promise(() => undefined)
  const refused = new Promise<Error>((resolve) =>
    device.addEventListener('uncapturederror', ({ error }) => resolve(error), { once: true }),
  )
  return Promise.race([
    device.lost.then(
      ({ reason, message }) =>
        new KalamosError(
          'backend-unavailable',
          `the GPU was lost (${message || reason})`,
          'The last checkpoint is kept. Resume the run, on the backend "auto" if it happens again.',
        ),
    ),
    refused.then((error) =>
      isTooLarge(error)
        ? new KalamosError(
            'out-of-memory',
            `the batch does not fit into the memory of the GPU (${firstLine(error)})`,
            'Use a smaller batch or leave out very long recordings.',
          )
        : new KalamosError(
            'backend-unavailable',
            `the GPU refused its work (${firstLine(error)})`,
            'The last checkpoint is kept. Resume the run on the backend "auto".',
          ),
    ),
  ])
}

/** Dawn knows a full memory by its class, and a tensor beyond the limits of the device by these words. */
function isTooLarge(error: Error): boolean {
  return error.constructor.name === 'GPUOutOfMemoryError' || /exceeds the max|larger than the max/i.test(error.message)
}

function firstLine(error: Error): string {
  return error.message.split('\n')[0]!
}

/** A package that a person installs on purpose; its name is kept from the bundler. */
async function startTensorflow(): Promise<void> {
  const optional = '@tensorflow/tfjs-node-gpu'
  try {
    await import(optional)
  } catch (error) {
    throw new KalamosError(
      'backend-unavailable',
      `${optional} is not installed or does not load (${english(saidBy(error)).split('\n')[0]})`,
      'Install it with `npm run cuda` on a machine with an NVIDIA card.',
      { cause: error },
    )
  }
  await start('tensorflow')
}

async function describe(name: BackendName): Promise<string> {
  switch (name) {
    case 'kernels':
      return `own WASM kernels with ${hasRelaxedSimd() ? 'fused multiply-add' : 'plain SIMD'}, on all cores`
    case 'tensorflow':
      return 'TensorFlow with CUDA'
    case 'webgpu':
      return `own WebGPU kernels on ${await adapterName()}`
    case 'wasm':
      return 'stock WASM operations on one core'
    case 'cpu':
      return 'plain JavaScript on one core'
  }
}

async function adapterName(): Promise<string> {
  const adapter = await requestAdapter()
  return adapter === null ? 'no adapter' : adapter.info.description || adapter.info.vendor
}

function requestAdapter(): Promise<Adapter | null> {
  return (navigator as unknown as { gpu: { requestAdapter(): ReturnType<typeof requestAdapter> } }).gpu.requestAdapter()
}
