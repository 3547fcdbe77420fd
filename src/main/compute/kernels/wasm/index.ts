import { registerGradients } from '../gradients.ts'
import { registerConvolutions } from './conv.ts'
import { registerCtc } from './ctc.ts'
import { registerDistances } from './distance.ts'
import { registerElementwise } from './elementwise.ts'
import { registerLstms } from './lstm.ts'
import { registerNorms } from './norm.ts'

let registered = false

/** Registers all kernels of the WASM backend, with gradients. Needs the compiled modules (scripts/kernels.mjs). */
export function registerWasmKernels(): void {
  if (registered) return
  registered = true
  registerGradients()
  registerConvolutions()
  registerNorms()
  registerElementwise()
  registerLstms()
  registerDistances()
  registerCtc()
}
