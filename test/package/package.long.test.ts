import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, readSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { extractAll, statFile } from '@electron/asar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setUp } from '../../scripts/setup.mjs'
import { root } from '../../src/main/paths.ts'
import { HANDS } from '../../src/main/words/fonts.ts'
import { fusesOf, writeStubElectron } from './stub-electron.ts'

/** The app without Electron. Its packages are installed with five times as much. */
const BUDGET_MB = 110
const PATIENCE_MS = 180_000

let folder: string
/** The app as the packager leaves it beside Electron. */
let packaged: string
/** The same out of its archive, where nothing of this checkout is near. */
let extracted: string
let files: string[]
/** What the packer of the deb was asked for. */
let fpm: string[]

// Beside Linux, a stub of Electron would have to be a real program.
describe.skipIf(process.platform !== 'linux')('the packaged app', () => {
  beforeAll(async () => {
    await setUp()
    folder = mkdtempSync(join(tmpdir(), 'kalamos-package-'))
    await pack()
    packaged = join(folder, 'dist', readdirSync(join(folder, 'dist')).find((name) => name.endsWith('unpacked'))!)
    extracted = join(folder, 'extracted')
    extractAll(join(packaged, 'resources/app.asar'), extracted)
    files = filesUnder(extracted)
  }, PATIENCE_MS)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test(`takes at most ${BUDGET_MB} MB beside Electron`, () => {
    const resources = join(packaged, 'resources')
    const bytes = filesUnder(resources).reduce((sum, file) => sum + statSync(join(resources, file)).size, 0)
    expect(bytes / 1e6).toBeLessThan(BUDGET_MB)
    expect(bytes / 1e6).toBeGreaterThan(BUDGET_MB / 2)
  })

  test('keeps outside the archive whatever native code opens', () => {
    const native = files.filter((file) => isBinary(join(extracted, file)) || file.startsWith('resources/'))
    expect(native.map((file) => basename(file))).toEqual(expect.arrayContaining(['dawn.node', 'kernels.wasm', 'base.safetensors', 'icon.png', 'tfjs-backend-wasm-simd.wasm']))
    const archive = join(packaged, 'resources/app.asar')
    expect(native.filter((file) => !('unpacked' in statFile(archive, file)))).toEqual([])
  })

  test('has native code for this system alone', () => {
    const processor = arch() === 'arm64' ? 0xb7 : 0x3e
    const kinds = files.map((file) => ({ file, head: headOf(join(extracted, file)) })).filter(({ head }) => isNative(head))
    expect(kinds.length).toBeGreaterThan(4)
    for (const { file, head } of kinds) expect(isElf(head) && head.readUInt16LE(18), file).toBe(processor)
  })

  test('holds nothing of the development of the app', () => {
    expect([...new Set(files.map((file) => file.split('/')[0]))].sort()).toEqual(['LICENSE', 'NOTICES.md', 'docs', 'node_modules', 'out', 'package.json', 'resources'])
    const production = Object.entries(lockedPackages()).flatMap(([path, { version, dev }]) => (dev ? [] : [`${nameIn(path)}@${version}`]))
    const shipped = files.filter((file) => /node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(file)).map((file) => {
      const { version } = JSON.parse(readFileSync(join(extracted, file), 'utf8')) as { version: string }
      return `${nameIn(dirname(file))}@${version}`
    })
    expect(shipped.length).toBeGreaterThan(50)
    expect(shipped.filter((name) => !production.includes(name))).toEqual([])
    expect(files.filter((file) => /\.(map|tsx?|mts|cts|test\.js)$/.test(file))).toEqual([])
    expect(JSON.parse(readFileSync(join(extracted, 'package.json'), 'utf8'))).not.toHaveProperty('devDependencies')
  })

  test('holds every package that its own code imports, and the fonts of every hand', () => {
    const resolve = createRequire(join(extracted, 'out/main/index.js')).resolve
    const imported = files.filter((file) => /^out\/(main|preload)\/.*\.c?js$/.test(file)).flatMap((file) => importsOf(readFileSync(join(extracted, file), 'utf8')))
    const packages = [...new Set(imported)].filter((name) => name !== 'electron' && !name.startsWith('node:'))
    expect(packages).toEqual(expect.arrayContaining(['better-sqlite3', 'serialport', 'node-hid', '@napi-rs/canvas', '@tensorflow/tfjs', 'webgpu']))
    const missing = packages.filter((name) => !files.some((file) => file.startsWith(`node_modules/${name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/')}/`)))
    expect(missing).toEqual([])
    for (const hand of HANDS) expect(existsSync(resolve(`@fontsource/${hand}/files/${hand}-latin-400-normal.woff2`)), hand).toBe(true)
  })

  test('keeps the licence of every package that came with one', () => {
    const licences = filesUnder(join(root, 'node_modules')).filter((file) => /^(@[^/]+\/)?[^/]+\/(licen[cs]e|notice|copying)[^/]*$/i.test(file))
    const shipped = new Set(files)
    const lost = licences.map((file) => `node_modules/${file}`).filter((file) => files.some((other) => other.startsWith(file.slice(0, file.lastIndexOf('/') + 1))) && !shipped.has(file))
    expect(lost).toEqual([])
  })

  test('is an Electron that runs nothing but this app', () => {
    expect(fusesOf(join(packaged, 'kalamos'))).toEqual({
      runAsNode: false,
      enableCookieEncryption: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
  })

  test('asks for a deb with a maintainer, a homepage, every icon, and a way to find updates', () => {
    const after = (option: string): string[] => fpm.filter((_, index) => fpm[index - 1] === option)
    expect(after('--maintainer')).toEqual([expect.stringMatching(/^\S.* <\S+@\S+>$/)])
    expect(after('--url')).toEqual([expect.stringMatching(/^https:\/\//)])
    expect(after('--deb-recommends')).toEqual(['libusb-1.0-0', 'libudev1'])
    expect(fpm.filter((arg) => arg.includes('/hicolor/')).map((arg) => /hicolor\/(\d+)x/.exec(arg)?.[1])).toEqual(['16', '24', '32', '48', '64', '128', '256', '512'])
    expect(fpm.some((arg) => arg.includes('/applications/kalamos.desktop'))).toBe(true)
    expect(fpm.join(' ')).not.toContain('--no-sandbox')
    expect(readFileSync(join(packaged, 'resources/app-update.yml'), 'utf8')).toMatch(/^owner: \S+\nrepo: \S+\nprovider: github$/m)
    expect(existsSync(join(packaged, 'resources/apparmor-profile'))).toBe(true)
  })

  describe('out of its archive, on a plain Node', () => {
    const kalamos = (...args: string[]) => run(process.execPath, [join(extracted, 'out/main/cli.js'), ...args], extracted)
    let database: string
    beforeAll(async () => {
      database = join(folder, 'virtual.db')
      expect((await kalamos('simulate', '--writers', '1', '--per-writer', '3', '--out', database)).code).toBe(0)
    }, PATIENCE_MS)

    test('finds its own kernels', async () => {
      const { out } = await kalamos('doctor', '--json', '--database', database)
      const findings = JSON.parse(out) as { name: string; ok: boolean }[]
      expect(findings.filter(({ ok }) => ok).map(({ name }) => name)).toEqual(expect.arrayContaining(['Node', 'Own WASM kernels', 'Stock WASM', 'Plain JavaScript']))
    })

    test('reads a word of the virtual pen with the base model', async () => {
      const { out } = await kalamos('recognise', '--device', 'replay:1', '--speed', '20', '--words', '1', '--json', '--database', database)
      expect(JSON.parse(out)).toMatchObject({ index: 0, text: expect.stringMatching(/\S/) })
    })

    test('trains in a process of its own', async () => {
      const { code, out } = await kalamos('train', '--name', 'Small', '--epochs', '1', '--json', '--database', database)
      expect(code, out).toBe(0)
    })

    test('writes Parquet in a thread of its own', async () => {
      const file = join(folder, 'virtual.parquet')
      expect((await kalamos('export', 'parquet', file, '--database', database)).code).toBe(0)
      expect(existsSync(file)).toBe(true)
    })

    test('serves its page', async () => {
      const serving = spawn(process.execPath, [join(extracted, 'out/main/cli.js'), 'serve', '--database', database], { cwd: extracted, stdio: ['ignore', 'pipe', 'ignore'] })
      try {
        const address = await new Promise<string>((resolve) => {
          let said = ''
          serving.stdout.setEncoding('utf8').on('data', (text: string) => {
            said += text
            const url = /http:\/\/\S+/.exec(said)?.[0]
            if (url) resolve(url)
          })
        })
        const page = await (await fetch(address)).text()
        const script = /src="\.?(\/[^"]+\.js)"/.exec(page)?.[1]
        expect((await fetch(new URL(script!, address))).headers.get('content-type')).toContain('javascript')
      } finally {
        serving.kill('SIGTERM')
        await new Promise((resolve) => serving.once('exit', resolve))
      }
    })
  }, PATIENCE_MS)
})

/** Packages the build with a stub of Electron and of the deb's packer, neither of which is downloaded. */
async function pack(): Promise<void> {
  const electron = join(folder, 'electron')
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as { version: string }
  writeStubElectron(electron, version)
  const packer = join(folder, 'fpm')
  const asked = join(folder, 'fpm-args')
  writeFileSync(packer, `#!/bin/sh\nprintf '%s\\n' "$@" > '${asked}'\nwhile [ $# -gt 0 ]; do [ "$1" = --package ] && echo > "$2"; shift; done\n`, { mode: 0o755 })
  const builder = join(root, 'node_modules/electron-builder/cli.js')
  const options = ['--linux', 'deb', '--publish', 'never', `-c.electronDist=${electron}`, `-c.directories.output=${join(folder, 'dist')}`]
  const { code, err, out } = await run(process.execPath, [builder, ...options], root, { CUSTOM_FPM_PATH: packer })
  expect(code, `${out}\n${err}`).toBe(0)
  fpm = readFileSync(asked, 'utf8').split('\n')
}

/** Runs a program to its end, in a home of its own. */
function run(command: string, args: string[], cwd: string, env: Record<string, string> = {}): Promise<{ code: number | null; out: string; err: string }> {
  const home = join(folder, 'home')
  mkdirSync(home, { recursive: true })
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, HOME: home, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.on('error', reject).on('close', (code) => resolve({ code, out, err }))
  })
}

function filesUnder(place: string): string[] {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(place, join(entry.parentPath, entry.name)))
}

function headOf(file: string): Buffer {
  const head = Buffer.alloc(20)
  const handle = openSync(file, 'r')
  readSync(handle, head)
  closeSync(handle)
  return head
}

const isElf = (head: Buffer): boolean => head.subarray(0, 4).equals(Buffer.from([0x7f, 0x45, 0x4c, 0x46]))
const isWasm = (head: Buffer): boolean => head.toString('latin1', 0, 4) === '\0asm'
/** Programs and libraries of Windows begin with MZ, those of macOS with one of these numbers. */
const isNative = (head: Buffer): boolean => isElf(head) || head.toString('latin1', 0, 2) === 'MZ' || [0xfeedface, 0xfeedfacf, 0xcffaedfe, 0xcafebabe].includes(head.readUInt32BE(0))
const isBinary = (file: string): boolean => isNative(headOf(file)) || isWasm(headOf(file))

/** What package-lock.json wants, by its place. */
function lockedPackages(): Record<string, { version: string; dev?: boolean }> {
  return (JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: ReturnType<typeof lockedPackages> }).packages
}

const nameIn = (place: string): string => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)

function importsOf(code: string): string[] {
  return [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["']([^"'./][^"']*)["']/g)].map(([, name]) => name!).filter((name) => /^[@a-z][\w@./:-]*$/.test(name))
}
