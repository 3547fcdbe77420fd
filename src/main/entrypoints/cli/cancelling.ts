import { guarded } from '../../process/background.ts'

/** Waits for `work`; Ctrl-C calls `cancel`, by which it ends. */
export async function cancelling<T>(
  signal: AbortSignal,
  cancel: () => Promise<unknown>,
  work: () => Promise<T>,
): Promise<T> {
  const stop = guarded('entrypoint', 'it could not be cancelled', cancel)
  signal.addEventListener('abort', stop)
  try {
    const running = work()
    if (signal.aborted) stop()
    return await running
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
