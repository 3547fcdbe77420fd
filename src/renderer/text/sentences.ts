import { decimal } from './format.ts'

/** Sentences of one language by those of another; `{0}`, `{1}` … stand for what varies. */
export type Sentences = Readonly<Record<string, string>>

interface Pattern {
  matches: RegExp
  /** The number of each group's placeholder. */
  places: number[]
  into: string
}

const PLACE = /\{(\d)\}/g
const MOST_KEPT = 500

/**
 * Gives what turns a whole sentence into its counterpart. What varies in it is turned too where it is a known phrase or
 * a number. Of several patterns that fit, the one that says most itself is taken. What is not known stays as it is.
 */
export function translator(sentences: Sentences): (said: string) => string {
  const fixed = new Map<string, string>()
  const patterns: Pattern[] = []
  const bySubstance = Object.entries(sentences).sort(([a], [b]) => substance(b) - substance(a))
  for (const [said, into] of bySubstance) {
    if (said.includes('{0}')) patterns.push(pattern(said, into))
    else fixed.set(said, into)
  }
  const kept = new Map<string, string>()

  function turn(said: string): string {
    const known = fixed.get(said) ?? kept.get(said)
    if (known !== undefined) return known
    const turned = sentenceBySentence(said) ?? whole(said) ?? inParts(said)
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(said, turned)
    return turned
  }

  /**
   * Null unless it is several sentences that are known each: a pattern of one would take the others for what varies in
   * it.
   */
  function sentenceBySentence(said: string): string | null {
    for (const { index } of said.matchAll(/(?<=[.!?]) (?=\p{Lu})/gu)) {
      const [first, rest] = [said.slice(0, index), said.slice(index + 1)]
      const turned = [fixed.get(first) ?? whole(first), fixed.get(rest) ?? sentenceBySentence(rest) ?? whole(rest)]
      if (!turned.includes(null)) return turned.join(' ')
    }
    return null
  }

  function whole(said: string): string | null {
    for (const { matches, places, into } of patterns) {
      const found = matches.exec(said)
      if (found === null) continue
      const values = new Map(places.map((place, i) => [place, varied(found[i + 1] ?? '')]))
      return into.replace(PLACE, (_, place: string) => values.get(Number(place)) ?? '')
    }
    return null
  }

  /** Several things said one after the other, or one about another, or how many of one. */
  function inParts(said: string): string {
    const counted = /^([\d,]+ )(\S.*)$/s.exec(said)
    if (counted !== null) return counted[1]!.replaceAll(',', '.') + turn(counted[2]!)
    for (const [between, glue] of [
      [/; /, '; '],
      [/(?<=[.!?]) (?=\S)/, ' '],
      [/: /, ': '],
      [/, /, ', '],
      [/ and /, ' und '],
    ] as const) {
      const at = said.search(between)
      if (at < 0) continue
      const [first, rest] = [said.slice(0, at), said.slice(at).replace(between, '')]
      const turned = [turn(first), turn(rest)]
      if (turned[0] !== first || turned[1] !== rest) return turned.join(glue)
    }
    return said
  }

  function varied(value: string): string {
    const number = /^(-?[\d,]+)(?:\.(\d+))?( %)?$/.exec(value)
    if (number === null) return turn(value)
    const [, before, after, unit] = number
    if (after === undefined && !before!.includes(',')) return value
    return `${decimal(Number(`${before!.replaceAll(',', '')}.${after ?? '0'}`), after?.length ?? 0)}${unit ?? ''}`
  }

  return turn
}

/** How much a pattern says itself: what is fixed in it. */
function substance(said: string): number {
  return said.replace(PLACE, '').length
}

function pattern(said: string, into: string): Pattern {
  const places = Array.from(said.matchAll(PLACE), ([, place]) => Number(place))
  const source = said
    .split(PLACE)
    .map((part, i) => (i % 2 === 1 ? '(.+?)' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('')
  return { matches: new RegExp(`^${source}$`, 's'), places, into }
}
