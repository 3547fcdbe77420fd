import { parseNumber } from '../number-text.ts'

/** What parts thousands besides the other of point and comma; Swiss and French tables have these. */
const PARTERS = /^['’ \u00a0\u2009\u202f]$/

/**
 * A number as a table writes it: with a point or a comma before the fraction, and thousands that the other one, a blank
 * or an apostrophe parts. Undefined for what is no number, also where what should part thousands stands at another
 * place: 1.02 is no number where fractions stand after commas.
 */
export function parseCell(cell: string, decimal: '.' | ','): number | undefined {
  const text = cell.trim()
  const plain = parseNumber(text)
  if (plain !== undefined && (decimal === '.' || !text.includes('.'))) return plain
  const at = text.indexOf(decimal)
  const whole = withoutThousands(at === -1 ? text : text.slice(0, at), decimal === '.' ? ',' : '.')
  if (whole === undefined) return undefined
  return parseNumber(at === -1 ? whole : `${whole}.${text.slice(at + 1)}`)
}

/** Digits without what parts them into threes; undefined where it parts them otherwise. */
function withoutThousands(whole: string, mark: '.' | ','): string | undefined {
  const parter = [...whole].find((letter) => letter === mark || PARTERS.test(letter))
  if (parter === undefined) return whole
  const [first = '', ...threes] = whole.split(parter)
  const fits = /^[+-]?[1-9]\d{0,2}$/.test(first) && threes.every((three) => /^\d{3}$/.test(three))
  return fits ? first + threes.join('') : undefined
}
