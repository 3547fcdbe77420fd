// @ts-check
// A Chromium for the browser tests: one that is there, or one that is installed now.
import { existsSync } from 'node:fs'
import { chromium as playwright } from '@playwright/test'
import { findChromium } from '../src/main/doctor/chromium.ts'
import { run, runTool } from './node.mjs'
import { SetupError, say } from './say.mjs'

const INSTALL_MS = 240_000

/** The path of a Chromium. Throws where none can be had. */
export async function chromium() {
  const found = present()
  if (found !== null) return found
  const tried = []
  for (const { how, command } of ways()) {
    say(`Installing a Chromium for the tests, once: ${how} …`)
    let said = ''
    const code = await command((text) => (said += text)).catch((error) => ((said += error), 1))
    const installed = present()
    if (installed !== null) return installed
    tried.push(`${how}: ${code === 0 ? 'went well, but none starts' : (said.trim().split('\n').at(-1) ?? '')}`)
  }
  throw new SetupError(
    `The browser tests need a Chromium, and none could be had.\n${tried.join('\n')}`,
    'Install Chromium, Chrome or Edge by hand, or name one with KALAMOS_CHROMIUM=<path>.',
  )
}

function present() {
  const own = playwright.executablePath()
  return findChromium() ?? (existsSync(own) ? own : null)
}

/** @returns {{ how: string, command: (collect: (text: string) => void) => Promise<number> }[]} */
function ways() {
  const apt = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return [
    ...(apt
      ? [
          {
            how: 'apt-get install chromium',
            command: async (/** @type {(text: string) => void} */ collect) => {
              await run('apt-get', ['update'], { env, collect, timeoutMs: INSTALL_MS })
              return run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
                env,
                collect,
                timeoutMs: INSTALL_MS,
              })
            },
          },
        ]
      : []),
    {
      how: 'playwright install chromium',
      command: (collect) =>
        runTool('@playwright/test/cli.js', ['install', 'chromium'], { collect, timeoutMs: INSTALL_MS }),
    },
  ]
}
