import { isMessage, type Said } from '../../shared/messages/index.ts'

/** What is said, as a column of text holds it: a message as JSON, a text as it is. */
export function saidToText(said: Said): string {
  return typeof said === 'string' ? said : JSON.stringify(said)
}

/** The same out of the column. */
export function saidFromText(text: string): Said {
  if (!text.startsWith('{')) return text
  try {
    const said: unknown = JSON.parse(text)
    return isMessage(said) ? said : text
  } catch {
    return text
  }
}
