import { writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

/**
 * Notes which modules a thread loads, for `node --import`. Where `KALAMOS_LOADED` names a file, they are written into
 * it when the process ends, a URL a line.
 */
export const loaded = new Set<string>()

registerHooks({
  load: (url, context, next) => {
    loaded.add(url)
    return next(url, context)
  },
})

const file = process.env['KALAMOS_LOADED']
if (file !== undefined) process.on('exit', () => writeFileSync(file, [...loaded].join('\n')))
