import { createHash } from 'node:crypto'

/** The names in an order that looks random and depends on nothing but the names. */
export function randomOrder(names: readonly string[]): string[] {
  const draw = (name: string): string => createHash('sha256').update(name.normalize('NFC')).digest('hex')
  return names
    .map((name) => ({ name, key: draw(name) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ name }) => name)
}
