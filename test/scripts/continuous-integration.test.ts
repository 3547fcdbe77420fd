import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** A checkout of nothing but the scripts that count, in which commands are made up. */
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kalamos-ci-'))
  cpSync(join(root, '.ci/run'), join(folder, '.ci/run'))
  for (const name of ['stages', 'sums', 'node', 'say'])
    cpSync(join(root, `scripts/${name}.mjs`), join(folder, `scripts/${name}.mjs`))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** What a stage does: its exit code, and the counts that it reports, if it does. */
type MadeUp = [name: string, code: number, counts: { passed: number; failed: number; skipped: number } | null]

/** The body of a script that runs a command of these stages. */
function commandOf(name: string, stages: MadeUp[]): string {
  return `
    const { writeFileSync } = await import('node:fs')
    const { runStages } = await import(${JSON.stringify(join(folder, 'scripts/stages.mjs'))})
    const stages = ${JSON.stringify(stages)}.map(([name, code, counts]) => ({
      name,
      work: async (report) => (counts && writeFileSync(report, JSON.stringify(counts)), code),
      count: (report) => report,
    }))
    process.exitCode = await runStages(${JSON.stringify(name)}, stages)`
}

function runCommand(name: string, stages: MadeUp[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['--input-type=module', '-e', commandOf(name, stages)], { encoding: 'utf8' })
}

/** Runs .ci/run with an npm that runs these made-up commands. */
function runAll(commands: Record<string, MadeUp[]>): { status: number | null; stdout: string } {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  for (const [name, stages] of Object.entries(commands))
    writeFileSync(join(bin, `${name}.mjs`), commandOf(name, stages))
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\nexec "${process.execPath}" "${bin}/npm $*.mjs"\n`, { mode: 0o755 })
  const PATH = [bin, join(process.execPath, '..'), process.env['PATH']].join(delimiter)
  return spawnSync('sh', [join(folder, '.ci/run')], { encoding: 'utf8', env: { ...process.env, PATH } })
}

test('a command runs every stage, also after one that failed, and ends with the sums', () => {
  const { status, stdout, stderr } = runCommand('npm test', [
    ['first', 1, { passed: 3, failed: 1, skipped: 0 }],
    ['second', 0, { passed: 4, failed: 0, skipped: 2 }],
  ])
  expect(status).toBe(1)
  expect(stdout).toBe('7 passed, 1 failed, 2 skipped\n')
  expect(stderr).toContain('Not passed: first.')
})

test('a stage that leaves no report counts as a failure, also where an older run left one', () => {
  expect(runCommand('npm test', [['only', 0, { passed: 3, failed: 0, skipped: 0 }]]).status).toBe(0)
  expect(runCommand('npm test', [['only', 0, null]])).toMatchObject({
    status: 1,
    stdout: '0 passed, 1 failed, 0 skipped\n',
  })
})

test('continuous integration runs what people run and what takes long, and its last line sums both', () => {
  const { status, stdout } = runAll({
    'npm test': [['short', 0, { passed: 3, failed: 0, skipped: 1 }]],
    'npm run test:long': [['long', 0, { passed: 2, failed: 0, skipped: 0 }]],
  })
  expect(status).toBe(0)
  expect(stdout.trim().split('\n')).toEqual([
    '3 passed, 0 failed, 1 skipped',
    '2 passed, 0 failed, 0 skipped',
    '5 passed, 0 failed, 1 skipped',
  ])
})

test.each([
  ['the first fails', 1, 0],
  ['the second fails', 0, 1],
])('continuous integration runs both where %s, and fails', (_, short, long) => {
  const { status, stdout } = runAll({
    'npm test': [['short', short, { passed: 3, failed: short, skipped: 0 }]],
    'npm run test:long': [['long', long, { passed: 2, failed: long, skipped: 0 }]],
  })
  expect(status).toBe(1)
  expect(stdout.trim().split('\n').at(-1)).toBe('5 passed, 1 failed, 0 skipped')
})

test('continuous integration counts a command that does not come to its end as a failure', () => {
  const { status, stdout } = runAll({ 'npm run test:long': [['long', 0, { passed: 2, failed: 0, skipped: 0 }]] })
  expect(status).toBe(1)
  expect(stdout.trim().split('\n').at(-1)).toBe('2 passed, 1 failed, 0 skipped')
})

test('the commands that it runs are those of package.json, and the README names the first', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['test', 'test:long']))
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain('npm test')
})
