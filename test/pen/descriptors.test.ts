import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it.skipIf(process.platform === 'win32')(
  'the search for ports outlives that no more files may be opened, says so, and works again afterwards',
  async () => {
    const child = fileURLToPath(new URL('children/list-without-descriptors.ts', import.meta.url))
    const { stdout } = await promisify(execFile)('sh', [
      '-c',
      'ulimit -n 128 && exec "$0" "$1"',
      process.execPath,
      child,
    ])
    const [full, again] = JSON.parse(stdout.trim().split('\n').at(-1)!) as [string[], string[]]
    expect(full).toContainEqual(
      expect.stringContaining('unavailable Serial ports cannot be searched now: too many files are open.'),
    )
    expect(again).not.toContainEqual(expect.stringContaining('too many files'))
  },
)
