import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What stands before the fuses in every Electron, then a version and their number. */
const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1')
/** The fuses of Electron as it is delivered, in their order: on, off, on, on and so forth. */
const DELIVERED = '101100011'

const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
]

/** Makes a folder that looks to the packager like an unpacked Electron for Linux, with fuses that can be set. */
export function writeStubElectron(folder: string, version: string): void {
  for (const part of ['locales', 'resources']) mkdirSync(join(folder, part), { recursive: true })
  writeFileSync(join(folder, 'version'), version)
  writeFileSync(join(folder, 'locales', 'en-US.pak'), '')
  const fuses = Buffer.concat([SENTINEL, Buffer.from([1, DELIVERED.length]), Buffer.from(DELIVERED, 'latin1')])
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('before'), fuses, Buffer.from('after')]), {
    mode: 0o755,
  })
}

/** How the fuses of a binary are set, by name. */
export function fusesOf(binary: string): Record<string, boolean> {
  const bytes = readFileSync(binary)
  const first = bytes.indexOf(SENTINEL) + SENTINEL.length + 2
  return Object.fromEntries(FUSES.map((name, index) => [name, String.fromCharCode(bytes[first + index]!) === '1']))
}
