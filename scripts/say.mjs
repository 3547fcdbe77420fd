// @ts-check
// Progress and problems of the scripts, for people: always on stderr, so that stdout stays for results.

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/** A problem with a way out. Scripts end with exit code 1 on it, without a stack. */
export class SetupError extends Error {
  /** @param {string} message @param {string} hint */
  constructor(message, hint) {
    super(message)
    this.hint = hint
  }
}

/**
 * For a script that takes no options: says what it does where somebody asks, and refuses what it does not know, rather
 * than to act on a question. Gives the exit code, or null where it is to act.
 * @param {string} usage @param {readonly string[]} [given]
 */
export function withoutOptions(usage, given = process.argv.slice(2)) {
  const [first] = given
  if (first === undefined) return null
  if (first === '--help' || first === '-h') {
    process.stdout.write(`${usage}\n`)
    return 0
  }
  say(`There is no option ${first}.\n${usage}`)
  return 2
}

/**
 * Runs a script's body and sets the exit code: its own, 1 after a `SetupError`, which is shown with its hint.
 * @param {() => Promise<number>} body
 */
export async function main(body) {
  try {
    process.exitCode = await body()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    say(`${error.message}\n${error.hint}`)
    process.exitCode = 1
  }
}
