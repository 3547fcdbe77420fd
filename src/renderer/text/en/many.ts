import { integer } from '../format.ts'

/** "1 word", "2 words". */
export function many(count: number, one: string, more = `${one}s`): string {
  return `${integer(count)} ${count === 1 ? one : more}`
}
