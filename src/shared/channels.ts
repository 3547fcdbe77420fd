/**
 * The names of the Electron channels between host and window. Imports nothing, so that the sandboxed preload stays
 * small.
 */
export const CHANNELS = {
  request: 'kalamos:request',
  subscribe: 'kalamos:subscribe',
  unsubscribe: 'kalamos:unsubscribe',
  event: 'kalamos:event',
} as const
