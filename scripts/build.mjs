// @ts-check
// Builds the kernels and the app. Run by itself it always builds; the other scripts build what is missing or stale.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeLicences } from './licences.mjs'
import { projectNode, root, runNode, runTool, wasInterrupted } from './node.mjs'
import { SetupError, main, say, withoutOptions } from './say.mjs'
import { setUp } from './setup.mjs'

const SOURCES = [
  'src',
  'scripts/kernels.mjs',
  'scripts/licences.mjs',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
]
const RESULTS = [
  'out/main/index.js',
  'out/main/cli.js',
  'out/main/trainer.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'resources/kernels/kernels.wasm',
  'out/licences.json',
]
const STAMP = join(root, 'out', '.built-from')

/** Why the app has to be built, or null where what is there was built from these very sources. */
export async function whyBuild() {
  const missing = RESULTS.find((path) => !existsSync(join(root, path)))
  if (missing !== undefined) return existsSync(STAMP) ? `${missing} is missing` : 'it is not built yet'
  const stamp = await readFile(STAMP, 'utf8').catch(() => '')
  return stamp === (await fingerprint()) ? null : 'its sources have changed'
}

/** Builds. What the tools say is shown only where they fail. @param {string} reason */
export async function build(reason) {
  say(`Building the app, since ${reason} …`)
  const from = await fingerprint()
  // Whoever breaks off here finds no stamp, so that the next start builds again.
  await rm(STAMP, { force: true })
  await step('The kernels do not compile', (options) => runNode(join(root, 'scripts/kernels.mjs'), [], options))
  await step('The app does not build', (options) => runTool('electron-vite/bin/electron-vite.js', ['build'], options))
  await mkdir(join(root, 'out'), { recursive: true })
  await writeLicences()
  await writeFile(STAMP, from)
}

/** @param {string} problem @param {(options: { collect: (text: string) => void }) => Promise<number>} work */
async function step(problem, work) {
  let said = ''
  const code = await work({ collect: (text) => (said += text) })
  if (wasInterrupted(code)) throw new SetupError('The build was interrupted.', 'Start again to finish it.')
  if (code !== 0) {
    throw new SetupError(
      `${problem}:\n${said.trim()}`,
      'Undo the last change to src/, or run "npm run types" to see what does not fit.',
    )
  }
}

/** A hash over the names and contents of all sources, and over the Node that builds them. */
async function fingerprint() {
  const hash = createHash('sha256').update(projectNode())
  for (const source of SOURCES) {
    for (const file of await filesUnder(join(root, source)))
      hash.update(`${relative(root, file)}\0`).update(await readFile(file))
  }
  return hash.digest('hex')
}

/** By hand, since Node 20.0 cannot list folders within folders. @param {string} path @returns {Promise<string[]>} */
async function filesUnder(path) {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null)
  if (entries === null) return [path]
  const inner = entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => (entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)]))
  return (await Promise.all(inner)).flat()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    const told = withoutOptions('npm run build: builds the kernels and the app, also where they are built already.')
    if (told !== null) return told
    await setUp({ build: false })
    await build('you asked for it')
    return 0
  })
}
