import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach } from 'vitest'
import { endFile, endTest, RUN } from './cleaning.ts'

/**
 * Gives each file of tests a folder of its own for what is temporary, and fails where something is left in it at the
 * end. It is loaded anew for each file, also where several share a process: what only a helper registers holds for the
 * first of them.
 */
const VARIABLES = ['TMPDIR', 'TEMP', 'TMP'] as const
/** Node, and the packager's reader of configurations, keep these for whatever runs next. */
const CACHES = ['node-compile-cache', 'jiti']
const own = mkdtempSync(join(RUN, 'f-'))
// Some tests start the app as another account.
chmodSync(own, 0o755)
for (const name of VARIABLES) process.env[name] = own

afterEach(endTest)
afterAll(async () => {
  await endFile()
  for (const name of VARIABLES) process.env[name] = RUN
  const left = readdirSync(own).filter((name) => !CACHES.includes(name))
  // Windows keeps what a process has open until that ends; the folder of the whole run goes then.
  if (process.platform !== 'win32') rmSync(own, { recursive: true, force: true, maxRetries: 5 })
  if (left.length > 0)
    throw new Error(
      `These tests left behind ${left.join(', ')}: remove it where it was made, or with afterTest or afterFile ` +
        'of test/cleaning.ts.',
    )
})
