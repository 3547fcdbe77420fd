import type { Format, FormatName } from '../../shared/api/exchange.ts'
import { FORMAT_NAMES } from '../../shared/api/exchange.ts'
import { KalamosError } from '../../shared/errors.ts'
import { csv } from './csv/format.ts'
import { digipen } from './digipen/format.ts'
import type { FormatCodec } from './format-codec.ts'
import { ndjson } from './ndjson/format.ts'
import { npz } from './npz/format.ts'
import { onhw } from './onhw/format.ts'
import { parquet } from './parquet/format.ts'
import { rewi } from './rewi/format.ts'
import { soundEntries } from './checked-entries.ts'
import { checkWanted } from './one-at-a-time.ts'
import { xdf } from './xdf/format.ts'

const FORMATS: Record<FormatName, FormatCodec> = { digipen, onhw, rewi, ndjson, csv, parquet, npz, xdf }

/** A format by its name; whatever it reads has times and rates that can be relied on. */
export function formatNamed(name: FormatName): FormatCodec {
  const codec = FORMATS[name]
  return { ...codec, read: (path, options) => soundEntries(codec.read(path, options)) }
}

export function listFormats(): Format[] {
  return FORMAT_NAMES.map((name) => FORMATS[name].about)
}

/** The format that a file or folder is most likely in. Throws `not-found` where there is nothing, `cancelled`. */
export async function detectFormat(path: string, signal?: AbortSignal): Promise<FormatName | null> {
  for (const name of FORMAT_NAMES) {
    checkWanted(path, signal)
    if (await FORMATS[name].looksLike(path, signal)) return name
  }
  return null
}

/** The writer of a format. Throws `invalid-input` for one that can only be read. */
export function writerOf(name: FormatName): NonNullable<FormatCodec['write']> {
  const { write, about } = FORMATS[name]
  if (write !== undefined) return write
  const others = FORMAT_NAMES.filter((other) => FORMATS[other].about.exports)
  throw new KalamosError(
    'invalid-input',
    `${about.title} can be imported, not exported.`,
    `Export as one of ${others.join(', ')}.`,
  )
}
