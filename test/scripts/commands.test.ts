import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { withLock } from '../../scripts/lock.mjs'

const root = join(import.meta.dirname, '../..')
const script = (name: string, ...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'scripts', `${name}.mjs`), ...args], { encoding: 'utf8' })

test('start explains itself, and an option it does not know is a usage error', () => {
  expect(script('start', '--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--browser') })
  expect(script('start', '--bogus')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('--bogus'),
  })
})

test.each(['icons', 'fonts', 'build', 'cuda', 'pictures', 'test', 'test-long', 'coverage'])(
  '%s explains itself where it is asked, and does nothing then',
  (name) => {
    expect(script(name, '--help')).toMatchObject({ status: 0, stdout: expect.stringMatching(/\.\n$/), stderr: '' })
    expect(script(name, '--bogus')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('There is no option --bogus.'),
    })
  },
)

test('bench lists what can be measured, and names what there is where it is asked for something else', () => {
  expect(script('bench')).toMatchObject({ status: 0, stdout: expect.stringContaining('store') })
  expect(script('bench', 'nothing')).toMatchObject({ status: 2, stderr: expect.stringContaining('store') })
})

test('two set-ups at once take turns, and a lock whose process is gone is taken over', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-lock-'))
  const lock = join(folder, 'setup.lock')
  const order: string[] = []
  const [begun, waited] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
  const slow = withLock(lock, async () => {
    order.push('first begins')
    begun.resolve(undefined)
    await waited.promise
    order.push('first ends')
  })
  await begun.promise
  const said = vi
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => (String(text).startsWith('Waiting for') && waited.resolve(undefined), true))
  await withLock(lock, async () => void order.push('second'))
  await slow
  said.mockRestore()
  expect(order).toEqual(['first begins', 'first ends', 'second'])

  const gone = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => gone.on('exit', resolve))
  writeFileSync(lock, String(gone.pid))
  expect(await withLock(lock, async () => 'taken over')).toBe('taken over')
  rmSync(folder, { recursive: true })
})
