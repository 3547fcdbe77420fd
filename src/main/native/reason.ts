import { KalamosError } from '../../shared/errors.ts'
import { say, type Said } from '../../shared/messages/index.ts'

/** Debian's packages of the system libraries that native code of ours links against. */
const DEBIAN: Record<string, string> = {
  'libusb-1.0.so.0': 'libusb-1.0-0',
  'libudev.so.1': 'libudev1',
  'libstdc++.so.6': 'libstdc++6',
  'libgcc_s.so.1': 'libgcc-s1',
  'libvulkan.so.1': 'libvulkan1',
  'libX11.so.6': 'libx11-6',
  'libX11-xcb.so.1': 'libx11-xcb1',
  'libxcb.so.1': 'libxcb1',
  'libfontconfig.so.1': 'libfontconfig1',
  'libfreetype.so.6': 'libfreetype6',
}

/** What a library with native code is for, and what goes on without it. */
export interface Purpose {
  /** Says what cannot be had without it, given what the system said. */
  lost(said: string): Said
  /** What works all the same; null where nothing does. */
  remains: Said | null
}

/** The way out where a part of the app itself is missing or damaged. */
export const ANEW = say('native.install-anew')

/** Why a library did not load or did not answer its first call, as an error that names the way out. */
export function nativeReason({ lost, remains }: Purpose, error: unknown): KalamosError {
  const said = firstLine(error)
  return new KalamosError(
    'unavailable',
    lost(said),
    remains === null ? wayOut(said) : say('general.both', { first: wayOut(said), second: remains }),
    { cause: error },
  )
}

function wayOut(said: string): Said {
  const missing = /(lib[\w.+-]+\.so[\w.]*): cannot open shared object/.exec(said)?.[1]
  if (missing?.startsWith('libc.musl') || missing?.startsWith('ld-musl'))
    return say('general.both', { first: say('native.other-c-library'), second: ANEW })
  if (missing !== undefined) {
    const debian = DEBIAN[missing]
    return debian === undefined
      ? say('native.install-library', { missing })
      : say('native.install-library-debian', { missing, debian })
  }
  if (/GLIBC(XX)?_[\d.]+' not found/.test(said)) return say('native.system-too-old')
  if (/invalid ELF header|wrong ELF class|not a valid Win32|incompatible architecture/i.test(said))
    return say('general.both', { first: say('native.other-machine'), second: ANEW })
  return ANEW
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.trim()
}
