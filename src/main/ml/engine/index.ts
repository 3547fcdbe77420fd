export { buildProgram, registerProgram } from './registry.ts'
export type * from './types.ts'
export type { BackendName } from '../backend.ts'
