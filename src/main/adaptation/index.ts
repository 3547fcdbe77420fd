export { Adapting } from './adapting.ts'
export { modelFor } from './choose.ts'
export { adaptationHandlers } from './handlers.ts'
