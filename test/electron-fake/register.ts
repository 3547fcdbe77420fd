import { registerHooks } from 'node:module'
import './loaded-modules.ts'
import { guardNativeCalls } from './native-calls.ts'

/**
 * Makes Node look like Electron to the built app: `electron` is the fake, and no native code gets a path inside an
 * archive. For `node --import`, in the app as in the processes and threads that it starts.
 */

const FAKE = new URL('./index.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: FAKE, shortCircuit: true } : next(specifier, context),
})
Object.defineProperty(process.versions, 'electron', { value: '45.0.0', configurable: true })
guardNativeCalls()
