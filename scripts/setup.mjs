// @ts-check
// Brings a checkout into the state in which it runs: dependencies installed, app built. Does nothing where it already
// is. Plain JavaScript for Node 20 and newer, without any package, since it runs before anything is installed.
import { join } from 'node:path'
import { build, whyBuild } from './build.mjs'
import { install, whyInstall } from './install.mjs'
import { withLock } from './lock.mjs'
import { projectNode, root } from './node.mjs'

/** @param {{ build?: boolean }} [options] */
export async function setUp({ build: building = true } = {}) {
  if (!(await isNeeded(building))) return
  await withLock(join(root, '.cache', 'setup.lock'), async () => {
    const missing = whyInstall()
    if (missing !== null) await install(missing)
    projectNode()
    const stale = building ? await whyBuild() : null
    if (stale !== null) await build(stale)
  })
}

/** @param {boolean} building */
async function isNeeded(building) {
  return whyInstall() !== null || (building && (await whyBuild()) !== null)
}
