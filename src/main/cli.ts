import { runProgram } from './cli/program.ts'
import { keysOf } from './cli/keys.ts'

/** The terminal door: one verb, then the process ends with its code. */
const stop = new AbortController()
const interrupt = (): void => {
  // A second Ctrl-C does not wait.
  if (stop.signal.aborted) process.exit(130)
  stop.abort()
}
process.on('SIGINT', interrupt)
process.on('SIGTERM', interrupt)
// A reader that has seen enough, such as head, closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

const code = await runProgram(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  signal: stop.signal,
  keys: () => keysOf(process.stdin, interrupt),
})
// Whatever is still open belongs to nobody now; what was written must still get out.
process.stdout.write('', () => process.exit(code))
