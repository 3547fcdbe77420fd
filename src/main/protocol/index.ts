export { protocolHandlers } from './handlers.ts'
export { ProtocolLibrary, readyMadeProtocols } from './library.ts'
export { planFor, planOfPrompts } from './plan.ts'
export { readProtocol } from './read.ts'
