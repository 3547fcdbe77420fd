import { integer } from '../format.ts'

/** „1 Wort“, „2 Wörter“. */
export function many(count: number, one: string, more: string): string {
  return `${integer(count)} ${count === 1 ? one : more}`
}
