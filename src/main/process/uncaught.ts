import { log } from '../log/index.ts'

/** What ends in order may take so long; then the process is ended all the same. */
const PATIENCE_MS = 10_000

const lastly = new Set<() => Promise<void>>()

/** What has to be done before this process ends for an error that reached nobody. Returns the way to take it back. */
export function beforeEnding(work: () => Promise<void>): () => void {
  lastly.add(work)
  return () => void lastly.delete(work)
}

/** Does what `beforeEnding` was given: whatever one of them throws, the others are done. */
export async function endInOrder(): Promise<void> {
  const done = await Promise.allSettled([...lastly].map(async (work) => work()))
  for (const outcome of done)
    if (outcome.status === 'rejected') log('app').error('the process could not end in order', outcome.reason)
}

/**
 * What this process does when an error reached nobody: it is logged, `leave` ends in order what is running, and the
 * process ends with code 1, after 10 s at the latest. What happens meanwhile is logged and no more.
 */
export function endOnUncaught(
  leave: (error: unknown) => Promise<void>,
  exit: (code: number) => void = (code) => process.exit(code),
): void {
  let isLeaving = false
  const take =
    (how: string) =>
    (error: unknown): void => {
      log('app').error(how, error)
      if (isLeaving) return
      isLeaving = true
      const end = (): void => exit(1)
      setTimeout(end, PATIENCE_MS).unref()
      try {
        leave(error).then(end, (second: unknown) => {
          log('app').error('the process could not end in order', second)
          end()
        })
      } catch (second) {
        log('app').error('the process could not end in order', second)
        end()
      }
    }
  process.on('uncaughtException', take('an error reached nobody'))
  process.on('unhandledRejection', take('a promise was rejected and nobody heard'))
}
