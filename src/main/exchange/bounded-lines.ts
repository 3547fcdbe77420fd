import { isUtf8 } from 'node:buffer'
import type { SaidEncoding } from '../../shared/encoding.ts'
import { KalamosError } from '../../shared/errors.ts'
import { foreignText } from '../files/text/decode.ts'
import { endsTooEarly, headBytes, textBytes, type UnpackLimits } from './text-bytes.ts'

export interface LineLimits extends UnpackLimits {
  /** A longer line is passed over. Half an hour of 13 channels at 100 Hz takes about 16 MB. */
  lineBytes: number
}

const LIMITS: LineLimits = { lineBytes: 64 * 1024 * 1024, ratio: 200, ratioFromBytes: 64 * 1024 * 1024 }
const [LINE_FEED, RETURN] = [0x0a, 0x0d]

/**
 * A line of text and its number from 1; `text` is null where it was too long to keep. `read` counts bytes of the file
 * so far.
 */
export interface Line {
  line: number
  text: string | null
  read: number
}

/** Said of what follows the last whole line or row. */
export const CUT = 'is not whole: the file breaks off here'

/** A packed file that ends in the middle of itself: the lines before that were whole. */
export class BreaksOff extends KalamosError {}

/**
 * Lines of a text file, gzipped or not, one at a time and of bounded size, whatever the file is and however its lines
 * end. Throws `not-found`, `invalid-input` (a folder, not readable, unpacks without end), `not-utf8`, `decode-failed`
 * (damaged gzip; a `BreaksOff` where it only ends too early).
 */
export async function* boundedLines(
  path: string,
  limits: LineLimits = LIMITS,
  encoding?: SaidEncoding,
): AsyncGenerator<Line> {
  for await (const { line, bytes, read } of rawLines(path, limits, encoding)) {
    const text = bytes === null ? null : utf8(bytes)
    if (text === undefined) throw await notUtf8(path, bytes!)
    yield { line, text, read }
  }
}

/** Why a line of bytes is no text; told with what else it could say, unless the file as a whole is none. */
export async function notUtf8(path: string, line: Uint8Array): Promise<KalamosError> {
  const head = await headBytes(path)
  // The beginning has more words to judge by, where it is in the same encoding.
  return foreignText(path, isUtf8(head) ? line : head)
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A line as text; undefined where it is not UTF-8. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes)
  } catch {
    return undefined
  }
}

/** Lines as they are, before anybody knows whether they are UTF-8. Throws what `boundedLines` throws but `not-utf8`. */
export async function* rawLines(
  path: string,
  limits: LineLimits = LIMITS,
  encoding?: SaidEncoding,
): AsyncGenerator<{ line: number; bytes: Buffer | null; read: number }> {
  const pending = new PendingLine(limits.lineBytes)
  let [line, last, readSoFar] = [1, 0, 0]
  try {
    for await (const { bytes, read } of textBytes(path, { limits, encoding })) {
      // A line feed right after a return ends the same line, also where the two came in different pieces.
      let from = last === RETURN && bytes[0] === LINE_FEED ? 1 : 0
      for (const to of endsIn(bytes, from)) {
        pending.add(bytes.subarray(from, to))
        yield { line: line++, bytes: pending.take(), read }
        from = bytes[to] === RETURN && bytes[to + 1] === LINE_FEED ? to + 2 : to + 1
      }
      pending.add(bytes.subarray(from))
      last = bytes.at(-1) ?? last
      readSoFar = read
    }
    if (!pending.isEmpty) yield { line, bytes: pending.take(), read: readSoFar }
  } catch (error) {
    if (error instanceof KalamosError) throw error
    const hint = 'Copy or download the file again.'
    if (endsTooEarly(error))
      throw new BreaksOff('decode-failed', `${path} breaks off in line ${line}.`, hint, { cause: error })
    throw new KalamosError('decode-failed', `${path} is damaged in or after line ${line}.`, hint, { cause: error })
  }
}

/** Where lines end, at a line feed or a return; the two together are one end. */
function* endsIn(bytes: Buffer, from: number): Generator<number> {
  let feed = bytes.indexOf(LINE_FEED, from)
  let back = bytes.indexOf(RETURN, from)
  while (feed !== -1 || back !== -1) {
    const to = back === -1 || (feed !== -1 && feed < back) ? feed : back
    yield to
    const next = to === back && feed === to + 1 ? to + 2 : to + 1
    if (feed !== -1 && feed < next) feed = bytes.indexOf(LINE_FEED, next)
    if (back !== -1 && back < next) back = bytes.indexOf(RETURN, next)
  }
}

/** A line that is still coming; keeps nothing of one that has grown too long. */
class PendingLine {
  readonly #limit: number
  #parts: Buffer[] = []
  #bytes = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get isEmpty(): boolean {
    return this.#bytes === 0
  }

  add(part: Buffer): void {
    this.#bytes += part.length
    if (this.#bytes > this.#limit) this.#parts = []
    else this.#parts.push(part)
  }

  take(): Buffer | null {
    const line = this.#bytes > this.#limit ? null : Buffer.concat(this.#parts)
    this.#parts = []
    this.#bytes = 0
    return line
  }
}
