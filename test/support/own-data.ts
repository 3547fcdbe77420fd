import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Gives the tests, and all that they start, a data folder and a temporary folder of their own: none writes into the log
 * of the person who runs them, and what a process left that was killed goes with the run.
 */
export default function ownData(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-test-data-'))
  process.env['XDG_DATA_HOME'] = folder
  process.env['APPDATA'] = folder
  // Some tests start the app as another account.
  chmodSync(folder, 0o755)
  const temporary = join(folder, 'tmp')
  mkdirSync(temporary)
  for (const name of ['KALAMOS_TEST_TMP', 'TMPDIR', 'TEMP', 'TMP']) process.env[name] = temporary
  return () => rmSync(folder, { recursive: true, force: true })
}
