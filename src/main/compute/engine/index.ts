export type { BackendName } from '../backend.ts'
export { createEngine } from './engine.ts'
export { buildProgram, registerProgram } from './registry.ts'
export type * from './types.ts'
