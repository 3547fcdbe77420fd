/** A part of the app's state that follows the host: it loads, and listens until it is stopped. */
export interface Topic {
  /** Asks the host for everything again; also after a broken connection. */
  refresh(): Promise<void>
  /** Listens to the host's events; gives back how to stop. */
  listen(): () => void
}

/** Several subscriptions as one. */
export function together(...stops: (() => void)[]): () => void {
  return () => {
    for (const stop of stops) stop()
  }
}
