/**
 * Labels to begin with when a recording is split: its words, if it has several, parted where its time is; else all of
 * it before.
 */
export function halvesOf(label: string | null, share: number): [string, string] {
  const words = (label ?? '').split(' ').filter((word) => word !== '')
  if (words.length < 2) return [label ?? '', '']
  const at = Math.min(words.length - 1, Math.max(1, Math.round(words.length * share)))
  return [words.slice(0, at).join(' '), words.slice(at).join(' ')]
}

/** A label to begin with when two recordings are merged. */
export function joined(first: string | null, second: string | null): string {
  if (first === second) return first ?? ''
  return [first, second].filter((label) => label !== null && label !== '').join(' ')
}

/** A typed label; null for none. */
export function labelOf(typed: string): string | null {
  return typed.trim() === '' ? null : typed.trim()
}
