import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../src/main/files/paths.ts'
import { writeStubElectron } from './stub-electron.ts'

export interface Packaged {
  /** The folder of the app as the packager leaves it, Electron in it. */
  place: string
  /** What the packer of the deb was asked for. */
  fpm: string[]
}

/**
 * Packages the build for Linux with a stub of Electron and of the deb's packer, neither of which is downloaded.
 * Throws what the packager said where it fails.
 */
export async function pack(folder: string): Promise<Packaged> {
  const electron = join(folder, 'electron')
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string
  }
  writeStubElectron(electron, version)
  const asked = join(folder, 'fpm-args')
  const packer = join(folder, 'fpm')
  const keepArguments = `printf '%s\\n' "$@" > '${asked}'`
  const writePackage = 'while [ $# -gt 0 ]; do [ "$1" = --package ] && echo > "$2"; shift; done'
  writeFileSync(packer, `#!/bin/sh\n${keepArguments}\n${writePackage}\n`, { mode: 0o755 })
  const builder = join(root, 'node_modules/electron-builder/cli.js')
  const dist = join(folder, 'dist')
  const options = ['--linux', 'deb', '--publish', 'never']
  const stubs = [`-c.electronDist=${electron}`, `-c.directories.output=${dist}`]
  const { code, out, err } = await run([builder, ...options, ...stubs], root, {
    ...home(folder),
    CUSTOM_FPM_PATH: packer,
  })
  if (code !== 0) throw new Error(`the app cannot be packaged:\n${out}\n${err}`)
  const place = join(
    dist,
    readdirSync(dist).find((name) => name.endsWith('unpacked'))!,
  )
  return { place, fpm: readFileSync(asked, 'utf8').split('\n') }
}

/** A home of its own, so that nothing of this account is read or written. */
export function home(folder: string): Record<string, string> {
  const place = join(folder, 'home')
  mkdirSync(place, { recursive: true })
  return { HOME: place }
}

/** Runs a script on this Node to its end. */
export function run(
  args: string[],
  cwd: string,
  env: Record<string, string>,
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.on('error', reject).on('close', (code) => resolve({ code, out, err }))
  })
}
