// @ts-check
// One process at a time installs and builds; the next waits and then finds it done.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { say } from './say.mjs'

const PATIENCE_MS = 5000

/**
 * @template T
 * @param {string} path of the lock file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  await take(path)
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

/** @param {string} path */
async function take(path) {
  await mkdir(dirname(path), { recursive: true })
  let told = false
  for (;;) {
    try {
      return await writeFile(path, String(process.pid), { flag: 'wx' })
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    }
    const holder = await readFile(path, 'utf8').catch(() => '')
    if (holder === '' ? await stillEmpty(path) : !isAlive(Number(holder))) {
      await rm(path, { force: true })
      continue
    }
    if (!told) say(`Waiting for process ${holder || '(unknown)'}, which is setting Kalamos up …`)
    told = true
    await sleep(300)
  }
}

/** A lock without a holder is being written just now, or was left by a crash in that moment. @param {string} path */
async function stillEmpty(path) {
  await sleep(PATIENCE_MS)
  return (await readFile(path, 'utf8').catch(() => 'gone')) === ''
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}
