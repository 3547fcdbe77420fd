// @ts-check
// socat makes the pairs of serial ports that the pen's tests use. Where it cannot be had, those tests say that they
// were skipped.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { run } from './node.mjs'
import { say } from './say.mjs'

const INSTALL_MS = 120_000

/** Installs socat where this account may, and says so where the tests go without. */
export async function socat() {
  if (present()) return
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('Installing socat for the tests with serial ports, once …')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const collect = () => undefined
    await run('apt-get', ['update'], { env, collect, timeoutMs: INSTALL_MS }).catch(() => 1)
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'socat'], {
      env,
      collect,
      timeoutMs: INSTALL_MS,
    }).catch(() => 1)
  }
  if (!present())
    say(
      'There is no socat: the tests with serial ports are skipped. Install it to run them (on Debian: apt ' +
        'install socat).',
    )
}

function present() {
  return spawnSync('socat', ['-V'], { stdio: 'ignore' }).error === undefined
}
