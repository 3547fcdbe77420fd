import { EventEmitter } from 'node:events'

/** What app and windows of the fake know of each other. */
export const life = {
  isReady: false,
  /** Windows that are open, the newest last. */
  windows: [] as { close(): void; destroy(): void; isDestroyed(): boolean }[],
  /** Told of the contents of each new window. */
  created: (_contents: object): void => undefined,
  /** Told when the last window has closed. */
  lastClosed: (): void => undefined,
}

/** Emits `opened` with each new window. */
export const windows = new EventEmitter()
