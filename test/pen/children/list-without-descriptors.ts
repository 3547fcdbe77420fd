import { closeSync, openSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { SystemDevices } from '../../../src/main/pen/listing.ts'

/** Lists the ports while no more files may be opened, and again when they may, and tells what came of it. */
const devices = new SystemDevices()
await devices.list()
const files: number[] = []
try {
  for (;;) files.push(openSync('/dev/null', 'r'))
} catch {
  // The limit is reached.
}
const full = await devices.list()
// An error that a program could not be started comes a turn later.
for (let turn = 0; turn < 20; turn++) await setImmediate()
for (const file of files) closeSync(file)
const again = await devices.list()
console.log(
  JSON.stringify([full, again].map(({ problems }) => problems.map(({ code, message }) => `${code} ${message}`))),
)
