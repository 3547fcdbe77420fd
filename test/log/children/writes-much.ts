import { setImmediate } from 'node:timers/promises'
import { log, openLog } from '../../../src/main/log/index.ts'

/** Writes so many entries of some 400 bytes into the log of a folder, as fast as it can. */
const [folder, entryPoint, entries] = process.argv.slice(2)
const padding = Array.from({ length: 60 }, (_, i) => 100_000 + i).slice(0, 20)
const opened = openLog({ folder: folder!, entryPoint: entryPoint!, failed: (code) => process.exit(code.length) })
for (let number = 0; number < Number(entries); number++) {
  log('app').info('an entry', { number, padding })
  // Nothing here is a flood.
  if (number % 100 === 0) {
    opened.flush()
    await setImmediate()
  }
}
opened.close()
