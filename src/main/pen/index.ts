/** The pen: bytes to samples. */
export { penHandlers } from './handlers.ts'
export { DeviceHub, type HubOptions } from './hub.ts'
export { scanWhileHeard } from './hot-plug.ts'
export { streamLiveSamples } from './live.ts'
export { ProfileBook, type ProfileStore } from './profile.ts'
export { BUILT_IN_PROFILES } from './profiles/built-in.ts'
export { resample } from '../signal/resample.ts'
