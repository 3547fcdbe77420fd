/** Worker: writes pen frames at 100 Hz into the device ends of ptys, as pens do, and says how many it sent. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { HELLO, penFrame } from './streams.ts'

const { paths, seconds } = workerData as { paths: string[]; seconds: number }
const ports = paths.map((path) => openSync(path, 'r+'))
const started = performance.now()
let sent = 0
for (const port of ports) writeSync(port, HELLO)
while (sent < seconds * 100) {
  const due = Math.min(seconds * 100, Math.floor((performance.now() - started) / 10))
  for (; sent < due; sent++) for (const port of ports) writeSync(port, penFrame(sent))
  await wait(5)
}
parentPort!.postMessage(sent * ports.length)
// A pty forgets what was not read yet when its last writer closes it.
await wait(1000)
for (const port of ports) closeSync(port)
