import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Gives the tests, and all that they start, a data folder of their own: none writes into the log of the person who runs them. */
export default function ownData(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-test-data-'))
  process.env['XDG_DATA_HOME'] = folder
  process.env['APPDATA'] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
