import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import type { Handlers } from '../../shared/api.ts'
import { KalamosError } from '../../shared/errors.ts'
import { root } from '../files/paths.ts'

/** As the build writes them, see scripts/licences.mjs. */
const Licences = v.array(
  v.object({ name: v.string(), version: v.string(), licence: v.string(), text: v.nullable(v.string()) }),
)

/** What ships with the app, and under which licences. */
export function licenceHandlers() {
  return {
    'system.licences': () => ({
      own: text('LICENSE'),
      notices: text('NOTICES.md'),
      packages: packages().map(({ name, version, licence }) => ({ name, version, licence })),
    }),
    'system.licence': ({ name, version }) => {
      const found = packages().find((one) => one.name === name && one.version === version)
      if (found === undefined) throw new KalamosError('not-found', `No package ${name} ${version} ships with Kalamos.`)
      return { text: found.text }
    },
  } satisfies Partial<Handlers>
}

/** None where the app runs from its sources and was never built. */
function packages(): v.InferOutput<typeof Licences> {
  try {
    return v.parse(Licences, JSON.parse(readFileSync(join(root, 'out', 'licences.json'), 'utf8')))
  } catch {
    return []
  }
}

function text(name: string): string {
  return readFileSync(join(root, name), 'utf8')
}
