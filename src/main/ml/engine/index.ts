export { buildProgram, registerProgram } from './registry.ts'
export type * from './types.ts'
