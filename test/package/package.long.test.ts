import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { extractAll, statFile } from '@electron/asar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setUp } from '../../scripts/setup.mjs'
import { NATIVE_PACKAGES } from '../../src/main/native/libraries.ts'
import { root } from '../../src/main/files/paths.ts'
import { HANDWRITING_FONTS } from '../../src/main/words/fonts.ts'
import { travel } from '../electron-fake/installed.ts'
import { smallStore } from '../training/small-store.ts'
import { filesUnder, headOf, isBinary, isElf, isNative } from './files.ts'
import { home, pack, run } from './pack.ts'
import { fusesOf } from './stub-electron.ts'

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
    ;({ place: packaged, fpm } = await pack(folder))
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
    const expected = ['dawn.node', 'kernels.wasm', 'base.safetensors', 'icon.png', 'tfjs-backend-wasm-simd.wasm']
    expect(native.map((file) => basename(file))).toEqual(expect.arrayContaining(expected))
    const archive = join(packaged, 'resources/app.asar')
    expect(native.filter((file) => !('unpacked' in statFile(archive, file)))).toEqual([])
  })

  test('has native code for this system alone', () => {
    const processor = arch() === 'arm64' ? 0xb7 : 0x3e
    const kinds = files
      .map((file) => ({ file, head: headOf(join(extracted, file)) }))
      .filter(({ head }) => isNative(head))
    expect(kinds.length).toBeGreaterThan(4)
    for (const { file, head } of kinds) expect(isElf(head) && head.readUInt16LE(18), file).toBe(processor)
  })

  test('holds nothing of the development of the app', () => {
    const roots = ['LICENSE', 'NOTICES.md', 'docs', 'node_modules', 'out', 'package.json', 'resources']
    expect([...new Set(files.map((file) => file.split('/')[0]))].sort()).toEqual(roots)
    const production = Object.entries(lockedPackages()).flatMap(([path, { version, dev }]) =>
      dev ? [] : [`${nameIn(path)}@${version}`],
    )
    const shipped = files
      .filter((file) => /node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(file))
      .map((file) => {
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
    const imported = files
      .filter((file) => /^out\/(main|preload)\/.*\.c?js$/.test(file))
      .flatMap((file) => importsOf(readFileSync(join(extracted, file), 'utf8')))
    const packages = [...new Set([...imported, ...NATIVE_PACKAGES])].filter(
      (name) => name !== 'electron' && !name.startsWith('node:'),
    )
    const expected = ['better-sqlite3', 'serialport', 'node-hid', '@napi-rs/canvas', '@tensorflow/tfjs', 'webgpu']
    expect(packages).toEqual(expect.arrayContaining(expected))
    const folderOf = (name: string): string => /^(@[^/]+\/)?[^/]+/.exec(name)![0]
    const has = (name: string): boolean => files.some((file) => file.startsWith(`node_modules/${folderOf(name)}/`))
    expect(packages.filter((name) => !has(name))).toEqual([])
    for (const fontName of HANDWRITING_FONTS) {
      expect(existsSync(resolve(`@fontsource/${fontName}/files/${fontName}-latin-400-normal.woff2`)), fontName).toBe(
        true,
      )
    }
  })

  test('keeps the licence of every package that came with one', () => {
    const licences = filesUnder(join(root, 'node_modules')).filter((file) =>
      /^(@[^/]+\/)?[^/]+\/(licen[cs]e|notice|copying)[^/]*$/i.test(file),
    )
    const shipped = new Set(files)
    const folders = new Set(files.map((file) => dirname(file)))
    const wanted = licences.map((file) => `node_modules/${file}`).filter((file) => folders.has(dirname(file)))
    expect(wanted.length).toBeGreaterThan(50)
    expect(wanted.filter((file) => !shipped.has(file))).toEqual([])
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
    const sizes = fpm.flatMap((arg) => /hicolor\/(\d+)x/.exec(arg)?.[1] ?? [])
    expect(sizes.join(' ')).toBe('16 24 32 48 64 128 256 512')
    expect(fpm.some((arg) => arg.includes('/applications/kalamos.desktop'))).toBe(true)
    expect(fpm.join(' ')).not.toContain('--no-sandbox')
    expect(readFileSync(join(packaged, 'resources/app-update.yml'), 'utf8')).toMatch(
      /^owner: \S+\nrepo: \S+\nprovider: github$/m,
    )
    expect(existsSync(join(packaged, 'resources/apparmor-profile'))).toBe(true)
  })

  test('runs from its window to its end: opens, trains with word images, reads, draws, and quits', async () => {
    const resources = join(folder, 'resources')
    mkdirSync(resources)
    symlinkSync(extracted, join(resources, 'app.asar'), 'dir')
    symlinkSync(join(packaged, 'resources/app.asar.unpacked'), join(resources, 'app.asar.unpacked'), 'dir')
    const store = smallStore(['ab', 'ba', 'aab', 'bba'])
    const { path } = store
    store.close()
    const journey = await travel(resources, path)
    expect(journey.info).toMatchObject({ entryPoint: 'window', updatesItself: true })
    expect(journey.run).toMatchObject({ state: 'finished', problem: null })
    expect(journey.readings).toMatchObject({ readings: [{ text: expect.any(String) as string }], refused: [] })
    expect(journey.image).toMatchObject({ source: 'rendered' })
    expect(journey.exitCode).toBe(0)
  })

  describe('out of its archive, on a plain Node', () => {
    let database: string
    /** Runs a command line of the terminal entry point, on a database of virtual recordings. */
    const kalamos = (line: string) =>
      run([join(extracted, 'out/main/cli.js'), ...line.split(' '), '--database', database], extracted, home(folder))
    beforeAll(async () => {
      database = join(folder, 'virtual.db')
      const simulate = ['simulate', '--writers', '1', '--per-writer', '3', '--out', database]
      const { code, err } = await run([join(extracted, 'out/main/cli.js'), ...simulate], extracted, home(folder))
      expect(code, err).toBe(0)
    }, PATIENCE_MS)

    test('finds its own kernels', async () => {
      const { out } = await kalamos('doctor --json')
      const findings = JSON.parse(out) as { name: string; ok: boolean }[]
      const found = findings.filter(({ ok }) => ok).map(({ name }) => name)
      expect(found).toEqual(expect.arrayContaining(['Node', 'Own WASM kernels', 'Stock WASM', 'Plain JavaScript']))
    })

    test('reads a word of the virtual pen with the base model', async () => {
      const { out } = await kalamos('recognise --device replay:1 --speed 20 --words 1 --json')
      expect(JSON.parse(out)).toMatchObject({ index: 0, text: expect.stringMatching(/\S/) })
    })

    test('trains in a process of its own', async () => {
      const { code, out } = await kalamos('train --name Small --epochs 1 --json')
      expect(code, out).toBe(0)
    })

    test('writes Parquet in a thread of its own', async () => {
      const file = join(folder, 'virtual.parquet')
      expect((await kalamos(`export parquet ${file}`)).code).toBe(0)
      expect(existsSync(file)).toBe(true)
    })

    test('serves its page', async () => {
      const serve = [join(extracted, 'out/main/cli.js'), 'serve', '--json', '--database', database]
      const serving = spawn(process.execPath, serve, { cwd: extracted, stdio: ['ignore', 'pipe', 'inherit'] })
      try {
        const { url } = JSON.parse(await firstLine(serving.stdout)) as { url: string }
        const page = await (await fetch(url)).text()
        const script = /src="\.?(\/[^"]+\.js)"/.exec(page)![1]!
        expect((await fetch(new URL(script, url))).headers.get('content-type')).toContain('javascript')
      } finally {
        serving.kill('SIGTERM')
        if (serving.exitCode === null) await once(serving, 'exit')
      }
    })
  })
})

async function firstLine(stream: Readable): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line
  throw new Error('it ended before it said anything')
}

type Locked = Record<string, { version: string; dev?: boolean }>

/** What package-lock.json wants, by its place. */
function lockedPackages(): Locked {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Locked }
  return lock.packages
}

const nameIn = (place: string): string => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)

function importsOf(code: string): string[] {
  return [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["']([^"'./][^"']*)["']/g)]
    .map(([, name]) => name!)
    .filter((name) => /^[@a-z][\w@./:-]*$/.test(name))
}
