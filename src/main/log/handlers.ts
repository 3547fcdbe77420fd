import type { Handlers } from '../../shared/api.ts'
import { KalamosError } from '../../shared/errors.ts'
import { logFolder } from './log-folder.ts'
import { currentLog, logPath } from './index.ts'
import { readLog } from './read.ts'

/**
 * The log for a person to look at, and where things are. `show`: shows a file in the system's file manager, where the
 * entry point has one.
 */
export function logHandlers(database: string, show?: (path: string) => void) {
  const where = (): string => currentLog()?.path ?? logPath(logFolder())
  return {
    'system.log': ({ level, lines }) => {
      currentLog()?.flush()
      const path = where()
      try {
        return { path, problem: currentLog()?.problem ?? null, entries: readLog(path, level, lines) }
      } catch (error) {
        return { path, problem: (error as NodeJS.ErrnoException).code ?? 'unknown', entries: [] }
      }
    },
    'system.showLog': () => {
      if (show === undefined)
        throw new KalamosError(
          'unavailable',
          'A browser cannot show folders of this machine.',
          `The log is at ${where()}.`,
        )
      show(where())
      return {}
    },
    'system.showData': () => {
      if (show === undefined)
        throw new KalamosError(
          'unavailable',
          'A browser cannot show folders of this machine.',
          `The database is at ${database}.`,
        )
      show(database)
      return {}
    },
  } satisfies Partial<Handlers>
}
