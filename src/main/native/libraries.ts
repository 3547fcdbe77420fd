import { createRequire } from 'node:module'
import type * as Canvas from '@napi-rs/canvas'
import type Database from 'better-sqlite3'
import type * as Hid from 'node-hid'
import type * as Serial from 'serialport'
import type * as Gpu from 'webgpu'
import type { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import { nativeReason, type Purpose } from './reason.ts'

/** The packages with native code, by what they are for. */
export interface NativeLibraries {
  database: typeof Database
  drawing: typeof Canvas
  hid: typeof Hid
  serial: typeof Serial
  gpu: typeof Gpu
}
export type NativeName = keyof NativeLibraries

/** How a library is loaded, and called for the first time: some link their system libraries only then. */
interface Native<Library> extends Purpose {
  package: string
  call(library: Library): void
}

const LIBRARIES: { [Name in NativeName]: Native<NativeLibraries[Name]> } = {
  database: {
    package: 'better-sqlite3',
    lost: (said) => say('native.no-database', { said }),
    remains: null,
    call: (Sqlite) => void new Sqlite(':memory:').close(),
  },
  drawing: {
    package: '@napi-rs/canvas',
    lost: (said) => say('native.no-word-images', { said }),
    remains: say('native.recording-works-without'),
    call: ({ createCanvas }) => void createCanvas(1, 1).getContext('2d').measureText('x'),
  },
  hid: {
    package: 'node-hid',
    lost: (said) => say('native.no-hid', { said }),
    remains: say('native.serial-works-without'),
    call: (hid) => {
      if (process.platform === 'linux') hid.setDriverType('hidraw')
      hid.getHidapiVersion()
    },
  },
  serial: {
    package: 'serialport',
    lost: (said) => say('native.no-serial-ports', { said }),
    remains: say('native.hid-works-without'),
    // A path that is no port is refused by native code.
    call: ({ SerialPort }) => new SerialPort({ path: NO_PORT, baudRate: 9600, autoOpen: false }).open(() => undefined),
  },
  gpu: {
    package: 'webgpu',
    lost: (said) => say('native.no-webgpu', { said }),
    remains: say('native.cpu-instead'),
    call: ({ create }) => void create([]),
  },
}
export const NATIVE_NAMES = Object.keys(LIBRARIES) as NativeName[]
/** Packages that are loaded by their names alone, which no bundler sees. */
export const NATIVE_PACKAGES: readonly string[] = Object.values(LIBRARIES).map((native) => native.package)
const NO_PORT = process.platform === 'win32' ? '\\\\.\\COM-none' : '/dev/null/none'

const require = createRequire(import.meta.url)
const loaded = new Map<NativeName, { library: unknown } | { reason: KalamosError }>()

/** A library with native code, loaded and called once in this process, or why it cannot be had here. Never throws. */
export function tryNative<Name extends NativeName>(
  name: Name,
  load: (name: string) => unknown = require,
): { library: NativeLibraries[Name] } | { reason: KalamosError } {
  const known = load === require ? loaded.get(name) : undefined
  const result = known ?? attempt(name, load)
  if (load === require) loaded.set(name, result)
  return result as { library: NativeLibraries[Name] } | { reason: KalamosError }
}

/** The same, or throws why not: `unavailable`, with the system library or package that is missing in its hint. */
export function native<Name extends NativeName>(name: Name): NativeLibraries[Name] {
  const result = tryNative(name)
  if ('reason' in result) throw result.reason
  return result.library
}

function attempt<Name extends NativeName>(
  name: Name,
  load: (name: string) => unknown,
): { library: NativeLibraries[Name] } | { reason: KalamosError } {
  const native = LIBRARIES[name]
  try {
    const library = load(native.package) as NativeLibraries[Name]
    native.call(library)
    return { library }
  } catch (error) {
    return { reason: nativeReason(native, error) }
  }
}
