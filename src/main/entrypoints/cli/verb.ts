import { Command, InvalidArgumentError, Option } from 'commander'
import { SAID_ENCODINGS } from '../../../shared/encoding.ts'
import { defaultDatabase } from '../../files/database.ts'
import type { CommonOptions, OpenApp, Terminal } from './terminal.ts'

/** What verbs are made with. */
export interface Tools {
  terminal: Terminal
  /** Opens the app on a database; the verb closes it by returning. */
  withApp<T>(
    options: CommonOptions & { entryPoint?: 'browser' | 'terminal' },
    work: (app: OpenApp) => Promise<T>,
  ): Promise<T>
  /**
   * The same for verbs that only make sense with recordings: a named database that is not there is refused, not made.
   * Throws `not-found`.
   */
  withRecordings<T>(options: CommonOptions, work: (app: OpenApp) => Promise<T>): Promise<T>
}

/** A verb with the options that all have, and examples after its help. */
export function verb(name: string, summary: string, examples: readonly string[]): Command {
  return new Command(name)
    .description(summary)
    .option('--database <file>', 'use this database instead of your own', defaultDatabase())
    .option('--json', 'print the result as JSON on stdout, and nothing else there')
    .helpOption('-h, --help', 'this text')
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  npm run -s kalamos -- ${example}\n`).join('')}`)
}

/** What the text files that a verb reads are in, where they have no byte order mark. */
export function encodingOption(): Option {
  return new Option('--encoding <name>', 'encoding of text files without a byte order mark; utf-8 by default').choices(
    SAID_ENCODINGS,
  )
}

/** Reads a whole number within bounds; anything else is a usage error. */
export function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`)
    return value
  }
}

/** Reads a number within bounds; anything else is a usage error. */
export function decimal(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() === '' || !(value >= least && value <= most))
      throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`)
    return value
  }
}

/** Reads one of some words; anything else is a usage error. */
export function oneOf<T extends string>(choices: readonly T[]): (text: string) => T {
  return (text) => {
    const choice = choices.find((each) => each === text)
    if (choice === undefined) throw new InvalidArgumentError(`It must be one of ${choices.join(', ')}.`)
    return choice
  }
}
