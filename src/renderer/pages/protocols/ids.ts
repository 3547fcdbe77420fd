const SPELT: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }
/** Leaves room for a number within the 63 characters of an id. */
const LONGEST = 56

/**
 * An id made of a name that nobody has yet: lower-case letters, digits and hyphens, with a number where the id alone is
 * taken.
 */
export function idFrom(name: string, taken: readonly string[]): string {
  const plain = name
    .toLowerCase()
    .normalize('NFC')
    .replace(/[äöüß]/g, (letter) => SPELT[letter] ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
  const id =
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, LONGEST)
      .replace(/^-+|-+$/g, '') || 'protocol'
  if (!taken.includes(id)) return id
  let number = 2
  while (taken.includes(`${id}-${number}`)) number++
  return `${id}-${number}`
}
