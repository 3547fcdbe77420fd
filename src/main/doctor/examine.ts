import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../../shared/api/system.ts'
import { forkChild, type Fork } from '../process/fork.ts'
import { root } from '../files/paths.ts'
import { findChromium } from './chromium.ts'
import { examineClock } from './clock.ts'
import { examineCompute } from './compute.ts'
import { examineDatabase } from './database.ts'
import { examineLog } from './log.ts'
import { examinePens } from './pens.ts'
import { examineRuntime } from './runtime.ts'

export interface Examination {
  databasePath: string
  /** Whether this very process has the database open. */
  isOpenHere: boolean
  /** When the latest session of an open database began, in ms since 1970. */
  newestSession?: number | null
  /** Starts the process that tries backends; a Node child process unless the shell has a way of its own. */
  fork?: Fork
}

/** What this machine has for Kalamos, and the way out where something is missing. Changes nothing. */
export async function examine({
  databasePath,
  isOpenHere,
  newestSession = null,
  fork = forkChild,
}: Examination): Promise<Finding[]> {
  const [pens, compute] = await Promise.all([examinePens(), examineCompute(fork)])
  return [
    ...examineRuntime(),
    examineClock(newestSession),
    ...pens,
    ...compute,
    examineDatabase(databasePath, isOpenHere),
    examineLog(),
    ...examineBrowser(),
  ]
}

/** Only a checkout has tests, and only these need a Chromium. */
function examineBrowser(): Finding[] {
  if (!existsSync(join(root, 'test'))) return []
  const chromium = findChromium()
  const found = { topic: 'browser', name: 'Chromium for the tests' } as const
  if (chromium !== null) return [{ ...found, ok: true, detail: chromium, hint: null }]
  return [
    {
      ...found,
      ok: false,
      detail: 'none was found',
      hint: '"npm test" installs one, or name one with KALAMOS_CHROMIUM=<path>.',
    },
  ]
}
