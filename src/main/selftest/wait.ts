import { setTimeout as pause } from 'node:timers/promises'

/** Asks again and again until the answer is yes. Returns false when `patienceMs` are over. */
export async function waitFor(done: () => Promise<boolean>, patienceMs: number): Promise<boolean> {
  const end = performance.now() + patienceMs
  while (!(await done())) {
    if (performance.now() > end) return false
    await pause(2)
  }
  return true
}
