import { existsSync, readFileSync } from 'node:fs'
import { KalamosError } from '../../../../shared/errors.ts'
import { resource } from '../../../files/paths.ts'
import type { KernelExports, OptimiserExports } from './exports.ts'

let relaxed: boolean | undefined

/** Whether this engine runs relaxed SIMD (fused multiply-add). */
export function hasRelaxedSimd(): boolean {
  relaxed ??= WebAssembly.validate(binary('kernels-relaxed'))
  return relaxed
}

/** The kernels, working on a memory that belongs to TensorFlow.js. */
export function instantiateKernels(memory: WebAssembly.Memory): KernelExports {
  return instantiate('kernels', memory) as unknown as KernelExports
}

/** The optimiser's kernels, working on shared memory. */
export function instantiateOptimiser(memory: WebAssembly.Memory): OptimiserExports {
  return instantiate('optimiser', memory) as unknown as OptimiserExports
}

function instantiate(name: string, memory: WebAssembly.Memory): WebAssembly.Exports {
  const module = new WebAssembly.Module(binary(hasRelaxedSimd() ? `${name}-relaxed` : name))
  return new WebAssembly.Instance(module, { env: { memory } }).exports
}

function binary(name: string): Uint8Array<ArrayBuffer> {
  const file = resource('kernels', `${name}.wasm`)
  if (!existsSync(file)) {
    throw new KalamosError('backend-unavailable', `the compute kernels are missing (${file})`, 'Run `npm run build`.')
  }
  return new Uint8Array(readFileSync(file))
}
