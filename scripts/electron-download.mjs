// @ts-check
// Entry of a process that fetches Electron into its cache, from where its own install.js unpacks it. Says how far it
// is, a line each: "progress <percent>". Ends where nothing has come for a while; a slow link may take as long as it
// needs.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { downloadArtifact } from '@electron/get'
import { root } from './node.mjs'

// The first argument, which tests use, says after how many milliseconds.
const STALLED_MS = Number(process.argv[2] ?? 60_000)

const folder = join(root, 'node_modules', 'electron')
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
const stall = new AbortController()
/** @type {NodeJS.Timeout | undefined} */
let timer
const waitAgain = () => {
  clearTimeout(timer)
  timer = setTimeout(() => stall.abort(new Error(`nothing has come for ${STALLED_MS / 1000} s`)), STALLED_MS)
}

waitAgain()
try {
  await downloadArtifact({
    version,
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    checksums: createRequire(import.meta.url)(join(folder, 'checksums.json')),
    ...(process.env['electron_config_cache'] ? { cacheRoot: process.env['electron_config_cache'] } : {}),
    downloadOptions: {
      quiet: true,
      signal: stall.signal,
      getProgressCallback: async (/** @type {{ percent: number }} */ { percent }) => {
        waitAgain()
        process.stdout.write(`progress ${Math.floor(percent * 100)}\n`)
      },
    },
  })
} catch (error) {
  process.stderr.write(`${causeOf(error)}\n`)
  process.exitCode = 1
} finally {
  clearTimeout(timer)
}

/** fetch says only "fetch failed"; why is in its cause. @param {unknown} error @returns {string} */
function causeOf(error) {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? causeOf(error.cause) : error.message
}
