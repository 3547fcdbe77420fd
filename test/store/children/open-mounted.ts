import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openStore } from '../../../src/main/store/index.ts'
import { errorShape } from '../../../src/shared/errors.ts'

/** Mounts one place at another, for this process alone, and opens a database there. */
const [from, to, database, mounted] = process.argv.slice(2)
if (mounted === undefined) {
  if (database === to) writeFileSync(to!, '')
  const command = `mount --bind "$1" "$2" && exec "$4" "$5" "$1" "$2" "$3" mounted`
  const shell = spawnSync(
    'unshare',
    ['--mount', 'sh', '-c', command, 'sh', from!, to!, database!, process.execPath, fileURLToPath(import.meta.url)],
    { encoding: 'utf8' },
  )
  process.stdout.write(shell.status === 0 ? shell.stdout : JSON.stringify('no mounts here'))
} else {
  try {
    openStore(database!).close()
    console.log(JSON.stringify('opened'))
  } catch (error) {
    console.log(JSON.stringify(errorShape(error)))
  }
}
