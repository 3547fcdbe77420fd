import { registerGradients } from '../gradients.ts'
import { registerConvolutions } from './conv.ts'
import { registerCtc } from './ctc.ts'
import { registerDepthwise } from './depthwise.ts'
import { registerDistances } from './distance.ts'
import { registerElementwise } from './elementwise.ts'
import { registerLstms } from './lstm.ts'
import { registerNorms } from './norm.ts'

let registered = false

/** Registers all kernels of the WebGPU backend, with gradients. */
export function registerWebgpuKernels(): void {
  if (registered) return
  registered = true
  registerGradients()
  registerConvolutions()
  registerDepthwise()
  registerNorms()
  registerElementwise()
  registerLstms()
  registerDistances()
  registerCtc()
}
