import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openElectron, remedy } from '../../scripts/electron.mjs'
import { run } from '../../scripts/node.mjs'

const root = join(import.meta.dirname, '../..')
const isRoot = process.getuid?.() === 0
const NOBODY = 65_534

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kalamos-start-'))
  // Whoever the app runs as may keep a database here.
  chmodSync(folder, 0o777)
})
afterEach(() => rmSync(folder, { recursive: true }))

/** An executable in place of Electron. */
function stub(script: string, mode = 0o755): string {
  const place = join(folder, 'dist')
  mkdirSync(place)
  writeFileSync(join(place, 'electron'), `#!/bin/sh\n${script}\n`, { mode })
  return join(place, 'electron')
}

/** Electrons that do not come up, and what is said of them. */
const FAILING: [string, { script: string; mode?: number; said: RegExp }][] = [
  [
    'is ended by SIGTRAP, as where the system forbids its sandbox',
    { script: 'kill -TRAP $$', said: /code 133.*apparmor_restrict_unprivileged_userns=0/s },
  ],
  [
    'says that its sandbox cannot be built',
    { script: 'echo "FATAL: No usable sandbox! user namespaces" >&2; exit 1', said: /apparmor_restrict/ },
  ],
  ['crashes after a while', { script: 'sleep 0.1; kill -SEGV $$', said: /opening Kalamos in the browser/ }],
  [
    'lacks a system library',
    {
      script:
        'echo "electron: error while loading shared libraries: libnss3.so: cannot open shared object file: No ' +
        'such file or directory" >&2; exit 127',
      said: /code 127.*libnss3\.so is missing.*sudo apt install/s,
    },
  ],
  [
    'has no display',
    { script: 'echo "Missing X server or \\$DISPLAY" >&2; exit 1', said: /display of this session cannot be reached/ },
  ],
  ['is not executable', { script: 'exit 0', mode: 0o644, said: /cannot be started \(EACCES\)/ }],
]

test.runIf(process.platform !== 'win32').each(FAILING)(
  'an Electron that %s gives way to the browser, with one line that says what would help',
  async (_, { script, mode, said }) => {
    const written: string[] = []
    const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => (written.push(String(text)), true))
    const code = await openElectron(stub(script, mode), []).finally(() => spy.mockRestore())
    expect(code).toBeNull()
    expect(written.join('')).toMatch(said)
  },
)

test.runIf(process.platform !== 'win32').each([
  ['0', 'exit 0', 0],
  ['Ctrl-C', 'kill -INT $$', 130],
  ['SIGTERM', 'kill -TERM $$', 143],
])('an Electron that a person ends by %s is not opened again', async (_, script, code) => {
  expect(await openElectron(stub(script), [])).toBe(code)
})

test('crashes of Windows have a remedy of their own', () => {
  expect(remedy(0xc0000005, '', 'win32')).toContain('virus scanner')
})

/** Electron refuses root, so as root the app is started as nobody, where that account reaches this folder. */
const asOrdinary = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
const canStart =
  process.platform === 'linux' &&
  spawnSync(process.execPath, [join(root, 'scripts/start.mjs'), '--help'], asOrdinary).status === 0

test.runIf(canStart)(
  'npm start ends in the browser where Electron does not come up (skipped: another account does not reach this folder)',
  { timeout: 60_000 },
  async () => {
    const electron = stub('kill -TRAP $$')
    const env = { ...process.env, HOME: folder, DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: join(electron, '..') }
    const child = spawn(process.execPath, [join(root, 'scripts/start.mjs'), '--database', join(folder, 'pens.db')], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...asOrdinary,
    })
    const said = textOf(child.stderr)
    expect(await lineWith(child, 'http://', said)).toContain('Kalamos is at http://127.0.0.1:')
    expect(said()).toContain('Electron ended with code 133: opening Kalamos in the browser instead.')
    child.kill('SIGINT')
    expect(await ended(child)).toBe(0)
  },
)

test.runIf(process.platform === 'linux')(
  'one Ctrl-C on a terminal arrives once at the app, through npm',
  { timeout: 60_000 },
  async () => {
    const counter = join(folder, 'counter.mjs')
    writeFileSync(
      counter,
      `
    let heard = 0
    process.on('SIGINT', () => console.log('interrupted ' + ++heard))
    process.stdin.on('data', () => process.exit(heard))
    console.log('ready')
  `,
    )
    // The script's own listener comes after that of run: when it speaks, run has done what it does.
    const runner = join(folder, 'runner.mjs')
    writeFileSync(
      runner,
      `
    import { run } from ${JSON.stringify(join(root, 'scripts/node.mjs'))}
    const ended = run(process.execPath, [${JSON.stringify(counter)}])
    process.on('SIGINT', () => console.log('passed over'))
    console.log("heard " + (await ended))
  `,
    )
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ scripts: { start: `"${process.execPath}" "${runner}"` } }),
    )
    // script(1) of util-linux gives a terminal to what it runs; what is written to it is typed there.
    const child = spawn('script', ['-qec', 'npm start', '/dev/null'], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    const end = ended(child)
    const said = textOf(child.stdout)
    const says = (text: string): Promise<unknown> => vi.waitUntil(() => said().includes(text), { timeout: 30_000 })
    await says('ready')
    child.stdin!.write('\u0003')
    await Promise.all([says('interrupted'), says('passed over')])
    child.stdin!.write('enough\n')
    await says('heard')
    await end
    expect(said()).toContain('heard 1')
  },
)

test.runIf(process.platform !== 'win32')('a signal that is sent to the script alone is passed on', async () => {
  const runner = spawn(
    process.execPath,
    [
      '-e',
      `import(${JSON.stringify(join(root, 'scripts/node.mjs'))}).then(({ run }) => run('sleep', ` +
        `['60'])).then((code) => process.exit(code))`,
    ],
    { stdio: ['ignore', 'ignore', 'ignore'], detached: true },
  )
  await vi.waitUntil(() => childrenOf(runner.pid!).length > 0, { timeout: 20_000 })
  process.kill(runner.pid!, 'SIGTERM')
  expect(await ended(runner)).toBe(143)
})

test('the exit code of a program that a signal ended is that of a shell', async () => {
  if (process.platform === 'win32') return
  expect(await run('sh', ['-c', 'kill -KILL $$'])).toBe(137)
})

function textOf(stream: NodeJS.ReadableStream | null): () => string {
  let text = ''
  stream?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return () => text
}

async function lineWith(child: ChildProcess, part: string, said: () => string): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) if (line.includes(part)) return line
  throw new Error(`the app ended without ${part}:\n${said()}`)
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143))),
  )
}

function childrenOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
}
