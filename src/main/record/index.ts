export { recordHandlers } from './handlers.ts'
export { Recorder, type Pens, type StartInput } from './recorder.ts'
