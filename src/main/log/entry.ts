import type { LogLevel } from '../../shared/log.ts'

/** One entry, before it is a line. */
export interface Entry {
  level: LogLevel
  /** The part of the program. */
  area: string
  message: string
  /** What stands behind the message, and below it: see `private.ts`. */
  beside: string
  below: readonly string[]
}

/** No line is longer, in UTF-16 units. */
const LONGEST_LINE = 4096

/**
 * `2027-01-31T12:00:00.000Z error pens browser:4711 a device could not be read: TypeError code=…`, the stack indented
 * below. Control characters are escaped, so that an entry cannot look like two, nor move a terminal's cursor.
 */
export function asText({ level, area, message, beside, below }: Entry, process: string, at: Date): string {
  const head = `${at.toISOString()} ${level} ${area} ${process} ${message}${beside === '' ? '' : `: ${beside}`}`
  return [head, ...below.map((line) => `    ${line}`)].map(plain).join('\n')
}

function plain(line: string): string {
  const escaped = line.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (sign) => `\\u{${sign.codePointAt(0)!.toString(16)}}`,
  )
  return escaped.length <= LONGEST_LINE ? escaped : `${escaped.slice(0, LONGEST_LINE - 1)}…`
}
