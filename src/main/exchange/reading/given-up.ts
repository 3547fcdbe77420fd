import { statSync } from 'node:fs'
import type { KalamosError } from '../../../shared/errors.ts'

/** More files nobody looks at before the app starts anew. */
const REMEMBERED_MOST = 100

/** Files that were given up, by their path: what they were like then, and what was said. */
const remembered = new Map<string, { version: string; error: KalamosError }>()

/** What tells a file from the same one after a change; null where nobody can say. */
export function versionOf(path: string): string | null {
  try {
    const { size, mtimeNs } = statSync(path, { bigint: true })
    return `${size}-${mtimeNs}`
  } catch {
    return null
  }
}

/**
 * A file that kept its reader busy for so long would do so again: whoever looked at it would wait once more to import
 * it.
 */
export function rememberGivenUp(path: string, version: string | null, error: KalamosError): void {
  if (version === null) return
  remembered.delete(path)
  remembered.set(path, { version, error })
  const [oldest] = remembered.keys()
  if (remembered.size > REMEMBERED_MOST && oldest !== undefined) remembered.delete(oldest)
}

/** Throws what was said of a file when it was given up, unless it has changed since. */
export function refuseGivenUp(path: string, version: string | null): void {
  const known = remembered.get(path)
  if (known === undefined) return
  if (known.version === version) throw known.error
  remembered.delete(path)
}
