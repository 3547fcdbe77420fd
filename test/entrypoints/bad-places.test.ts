import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { errorShape } from '../../src/shared/errors.ts'

const cli = join(import.meta.dirname, '../../src/main/entrypoints/cli.ts')
const errors = join(import.meta.dirname, '../../src/shared/errors.ts')
const canMount =
  process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0

/** Starts the app in a mount namespace of its own after shell commands that prepare `/mnt`, its data folder. */
function startOn(prepare: string): { status: number | null; stderr: string } {
  const serve = `XDG_DATA_HOME=/mnt/data exec "${process.execPath}" "${cli}" serve`
  return spawnSync('unshare', ['--mount', 'sh', '-c', `${prepare} && ${serve}`], { encoding: 'utf8', timeout: 25_000 })
}

describe.runIf(canMount)('a place that the app cannot use (skipped: needs root and namespaces)', () => {
  test('a disk that is mounted to be read only is called so', () => {
    const { status, stderr } = startOn('mount -t tmpfs -o ro tmpfs /mnt')
    expect(status).toBe(1)
    expect(stderr).toMatch(/\/mnt\/data\/kalamos\/kalamos\.db lies on a disk that is read-only\.\n.*--database <file>/)
  })

  test('a disk that is full is called full, with the way out', () => {
    const { status, stderr } = startOn('mount -t tmpfs -o size=64k tmpfs /mnt && head -c 60000 /dev/zero > /mnt/fill')
    expect(status).toBe(1)
    expect(stderr).toMatch(/The disk is full: \/mnt\/data\/kalamos\/kalamos\.db .*\n.*Free some space/)
  })

  test('so is one on which the database fits but not the base model', () => {
    const { status, stderr } = startOn('mount -t tmpfs -o size=2M tmpfs /mnt')
    expect(status).toBe(1)
    expect(stderr).toMatch(
      /The disk is full: \/mnt\/data\/kalamos\/kalamos-files\/base-\w+\.safetensors was not written\.\nFree some space/,
    )
  })
})

test.runIf(process.getuid?.() === 0)(
  'an account without a home is told where it may not write, and how to name another place (skipped: needs root)',
  () => {
    const env = { HOME: '/nonexistent', PATH: process.env['PATH'] ?? '' }
    const { status, stderr } = spawnSync(process.execPath, [cli, 'serve'], {
      uid: 65_534,
      gid: 65_534,
      env,
      encoding: 'utf8',
      timeout: 25_000,
    })
    expect(status).toBe(1)
    expect(stderr).toMatch(/\/nonexistent\/.*cannot be opened for writing\.\n.*--database <file>/)
  },
)

test('a port that is in use is named, and how to get another one', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-port-'))
  const { status, stderr } = spawnSync(
    process.execPath,
    [cli, 'serve', '--port', String(port), '--database', join(folder, 'pens.db')],
    { encoding: 'utf8', timeout: 25_000 },
  )
  server.close()
  rmSync(folder, { recursive: true })
  expect(status).toBe(1)
  expect(stderr).toMatch(new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is in use\\.\nChoose another port`))
})

test('an app that was built anew while it ran says so instead of naming a lost file', () => {
  const part = pathToFileURL(join(tmpdir(), 'out/main/chunks/gone.js')).href
  const { stdout } = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `
    import { errorShape } from ${JSON.stringify(pathToFileURL(errors).href)}
    await import(${JSON.stringify(part)}).catch((error) => console.log(JSON.stringify(errorShape(error))))
  `,
    ],
    { encoding: 'utf8' },
  )
  expect(JSON.parse(stdout)).toMatchObject({
    code: 'unavailable',
    message: 'Kalamos was updated while it was running.',
  })
})

test('a package that is not installed is no sign of that, though a part of the app asked for it', () => {
  const asked = new Error("Cannot find package 'optional' imported from /opt/kalamos/out/main/chunks/backend.js")
  expect(errorShape(Object.assign(asked, { code: 'ERR_MODULE_NOT_FOUND' }))).toEqual({
    code: 'internal',
    message: asked.message,
  })
})

test.each([
  ['ENOSPC', 'disk-full', 'The disk is full: /data/a was not written.'],
  ['EROFS', 'not-writable', '/data/a lies on a disk that is read-only.'],
  ['EACCES', 'not-writable', '/data/a may not be opened by this account.'],
])('whatever meets %s unexpectedly names the file and the way out', (code, kind, message) => {
  const error = Object.assign(new Error(`${code}: refused, open '/data/a'`), { code, path: '/data/a' })
  expect(errorShape(error)).toMatchObject({ code: kind, message, hint: expect.stringMatching(/\w/) as unknown })
})

test.each([
  [
    'a file',
    Object.assign(new Error("EMFILE: too many open files, open '/opt/kalamos/package.json'"), {
      code: 'EMFILE',
      path: '/opt/kalamos/package.json',
    }),
  ],
  ['a thread', Object.assign(new Error('Worker initialization failure: EMFILE'), { code: 'ERR_WORKER_INIT_FAILED' })],
])('that too many files are open is said as such, whatever %s was wanted for', (_what, error) => {
  expect(errorShape(error)).toMatchObject({
    code: 'unavailable',
    message: 'Too many files are open on this machine.',
    hint: expect.stringContaining('Close') as unknown,
  })
})
