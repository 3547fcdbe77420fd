import type { Api } from '../../../shared/api.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { inEnglish } from '../../../shared/messages/index.ts'
import { plainLine } from '../../../shared/plain.ts'
import type { App } from '../../app/app.ts'

/** What a verb has of the terminal. Results go to stdout, everything else to stderr. */
export interface Terminal {
  /** The streams, so that tests can read what a verb says. */
  out(text: string): void
  err(text: string): void
  /** Aborted by Ctrl-C: the verb ends what it began in good order. */
  readonly signal: AbortSignal
  /** Keys pressed by a person, or the characters of a pipe; null where there is neither. */
  keys(): AsyncIterable<string> | null
}

/** Options that every verb takes. */
export interface CommonOptions {
  database: string
  json?: boolean
}

/** The app while a verb uses it. */
export interface OpenApp {
  app: App
  api: Api
  databasePath: string
}

/** Prints a result: as one line of JSON for programs, in which messages are in English, or as text for people. */
export function print(terminal: Terminal, options: { json?: boolean }, value: unknown, text: string): void {
  terminal.out(
    options.json ? `${JSON.stringify(inEnglish(value))}\n` : text.endsWith('\n') || text === '' ? text : `${text}\n`,
  )
}

/** Rows under a heading, in columns as wide as they need to be. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heading, ...rows].map((row) => row.map(plainLine))
  const widths = heading.map((_, column) => Math.max(...lines.map((row) => [...(row[column] ?? '')].length)))
  return lines
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Throws `cancelled` where a person has pressed Ctrl-C. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new KalamosError('cancelled', 'Cancelled.')
}

/**
 * Waits until what `begin` starts says that it is over, or Ctrl-C; then runs the stops it gave back. Throws what it
 * says went wrong.
 */
export function until(
  signal: AbortSignal,
  begin: (settle: () => void, fail: (error: unknown) => void) => (() => void)[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    let stops: (() => void)[] = []
    const end = (): void => {
      for (const stop of stops.splice(0)) stop()
      signal.removeEventListener('abort', settle)
    }
    const settle = (): void => {
      end()
      resolve()
    }
    const fail = (error: unknown): void => {
      end()
      reject(error as Error)
    }
    signal.addEventListener('abort', settle)
    stops = begin(settle, fail)
    if (signal.aborted) settle()
  })
}
