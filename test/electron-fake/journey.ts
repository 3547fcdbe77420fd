import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { configOf } from '../training/small-store.ts'
import * as electron from './index.ts'
import type { Journey } from './installed.ts'
import { loaded } from './loaded-modules.ts'
import { inEveryProcess } from './utility.ts'

/** The steps of `travel`, in the process of the app. */

const resources = process.env['KALAMOS_RESOURCES']!
inEveryProcess.push('--import', new URL('./register.ts', import.meta.url).href)
Object.assign(electron.desktop, { isPackaged: true })
electron.app.setPath('appData', join(resources, '..'))
const ended = once(electron.app, 'quit')

const opened = once(electron.windows, 'opened')
await import(pathToFileURL(join(resources, 'app.asar/out/main/index.js')).href)
const [window] = (await opened) as [electron.FakeWindow]
const ask = async (name: string, input: unknown): Promise<unknown> => {
  const answer = (await electron.ask(window, name, input)) as { output?: unknown; error?: unknown }
  if (answer.error !== undefined) throw new Error(`${name}: ${JSON.stringify(answer.error)}`)
  return answer.output
}
const info = await ask('system.info', {})
const loadedAtStart = packagesLoaded()

const recipe = {
  kind: 'cross-modal',
  pictures: { from: 'fonts' },
  image: { size: 'tiny', steps: 2, batchSize: 4, variants: 1 },
  projection: 8,
}
const trained = new Promise<{ modelId: number; state: string }>((resolve) => {
  electron.listen(window, 'runs.changed', (run) => {
    const { state } = run as { state: string }
    if (!['queued', 'preparing', 'running'].includes(state)) resolve(run as { modelId: number; state: string })
  })
})
await ask('train.start', { ...configOf({ epochs: 1 }), recipe })
const run = await trained
const awake = { times: electron.powerSaveBlocker.started, now: electron.powerSaveBlocker.blocking.size }
const { recordings } = (await ask('recordings.list', { filter: {}, offset: 0, limit: 1 })) as {
  recordings: { id: number }[]
}
const id = recordings[0]!.id
const image = await ask('review.image', { id })
const readings = run.modelId === null ? run : await ask('review.read', { id, modelId: run.modelId })
const loadedAfterReading = packagesLoaded()
const findings = (await ask('system.doctor', {})) as Journey['findings']
const prompt = window.openFromPage('kalamos://app/index.html#/prompt')?.webContents.getURL() ?? 'none'

window.close()
const exitCode = ((await ended) as [unknown, number])[1]
const journey: Journey = {
  loadedAtStart,
  loadedAfterReading,
  info,
  findings,
  run,
  readings,
  awake,
  image,
  prompt,
  exitCode,
}
process.send!(journey, () => process.exit(0))

/** What was loaded out of the archive: the names of packages, and the app's own files. */
function packagesLoaded(): string[] {
  const names = [...loaded].flatMap(
    (url) => /app\.asar\/(?:node_modules\/((?:@[^/]+\/)?[^/]+)|out\/(.+))/.exec(url)?.slice(1) ?? [],
  )
  return [...new Set(names.filter((name) => name !== undefined))].sort()
}
