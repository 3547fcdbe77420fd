import { runProgram } from './cli/program.ts'
import { keysOf } from './cli/keys.ts'
import { log, currentLog } from '../log/index.ts'
import { endInOrder, endOnUncaught } from '../process/uncaught.ts'

/** The terminal entry point: one verb, then the process ends with its code. */
const stop = new AbortController()
const interrupt = (): void => {
  // A second Ctrl-C does not wait.
  if (stop.signal.aborted) process.exit(130)
  stop.abort()
}
process.on('SIGINT', interrupt)
process.on('SIGTERM', interrupt)
// The terminal is gone. What runs there ends as with Ctrl-C, so that what is recorded is kept.
process.on('SIGHUP', () => stop.abort())
// Nobody reads what is said; what runs goes on.
process.stderr.on('error', () => undefined)

let isRead = true
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  log('entrypoint').debug('the output is not read any more', error)
  isRead = false
  // A reader that has seen enough, such as head, closes the pipe: there is nobody to go on for.
  stop.abort()
})

endOnUncaught(async () => {
  process.stderr.write(
    'Kalamos has to end because of a defect. What was recorded is kept. The log says more: ' +
      `${currentLog()?.path ?? 'it is not open'}\n`,
  )
  await endInOrder()
  currentLog()?.flush()
})

const code = await runProgram(process.argv.slice(2), {
  out: (text) => void (isRead && process.stdout.write(text)),
  err: (text) => void process.stderr.write(text),
  signal: stop.signal,
  keys: () => keysOf(process.stdin, interrupt),
})
// Whatever is still open belongs to nobody now; what was written must still get out.
if (isRead) process.stdout.write('', () => process.exit(code))
else process.exit(0)
