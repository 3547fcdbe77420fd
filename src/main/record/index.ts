export { recordHandlers } from './handlers.ts'
export type { StartInput } from './ready.ts'
export { Recorder, type Pens } from './recorder.ts'
