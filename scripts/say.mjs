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
