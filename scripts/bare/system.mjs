// @ts-check
// A minimal Debian with nothing in it but a Node and its npm: made by debootstrap, entered by chroot.
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, run } from '../node.mjs'
import { SetupError, say } from '../say.mjs'

/** A home folder as people have them. */
export const HOME = '/home/Jürgen Groß'
const CHECKOUT = `${HOME}/Kalamos für alle`
const USER = 1000
const CERTIFICATES = '/etc/ssl/certs/of-the-host.pem'
/** Nothing of these may be there, since most machines lack one of them. */
const ABSENT = ['python3', 'cc', 'make', 'udevadm', 'chromium', 'git', 'socat']

/** Why no bare system can be made here, or null. Installs debootstrap where this account may. */
export async function whyNotBare() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root and debootstrap'
  if (!has('debootstrap') && has('apt-get')) {
    say('Installing debootstrap for the bare machine, once …')
    const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, collect: () => undefined }
    await run('apt-get', ['update'], options).catch(() => 1)
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'debootstrap'], options).catch(() => 1)
  }
  return has('debootstrap') && has('unshare') ? null : 'needs root and debootstrap'
}

/**
 * Ends a command with all that it started. Its first process is the first of a namespace: the others go with it.
 * @param {import('node:child_process').ChildProcess} child
 */
export function end({ pid }) {
  if (pid === undefined) return
  const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)
  if (first) process.kill(first, 'SIGKILL')
}

/** @param {string} program */
function has(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined
}

/**
 * A bare machine. `remove` deletes it.
 * @typedef {object} Machine
 * @property {string} folder
 * @property {string} checkout as this machine sees it
 * @property {(command: string, options?: { asRoot?: boolean, apart?: boolean }) =>
 * import('node:child_process').ChildProcess} start a shell command in the checkout; `apart` in a process group of its
 * own, with its stderr piped
 * @property {() => void} remove
 */

/** @param {{ node: string, npm: string }} versions @returns {Promise<Machine>} */
export async function bareMachine({ node, npm }) {
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-bare-'))
  chmodSync(folder, 0o755)
  try {
    const { suite, mirror } = debian()
    say(`Making a bare Debian (${suite}) with Node ${node} and npm ${npm} …`)
    // Node itself needs libatomic from 26 on.
    await must('debootstrap', ['--variant=minbase', '--include=ca-certificates,libatomic1', suite, folder, mirror])
    for (const program of ABSENT) {
      if (spawnSync('chroot', [folder, 'sh', '-c', `command -v ${program}`]).status === 0)
        throw new SetupError(`The bare system has ${program}.`, 'It would not show what is missing.')
    }
    shareSettings(folder)
    await addNode(folder, node, npm)
    await must('git', ['clone', '--quiet', '--no-hardlinks', root, join(folder, CHECKOUT)])
    await must('chown', ['-R', `${USER}:${USER}`, join(folder, HOME)])
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  return {
    folder,
    checkout: join(folder, CHECKOUT),
    start: (command, options) => enter(folder, command, options),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The suite of this machine's Debian, and where its packages come from. */
function debian() {
  const suite = /^VERSION_CODENAME=(\w+)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'stable'
  const listed =
    spawnSync('apt-get', ['indextargets', '--format', '$(CODENAME) $(COMPONENT) $(REPO_URI)'], { encoding: 'utf8' })
      .stdout ?? ''
  const line = listed.split('\n').find((each) => each.startsWith(`${suite} main `))
  return { suite, mirror: line?.split(' ')[2] ?? 'http://deb.debian.org/debian' }
}

/** How this machine reaches the network: names, package sources, certificates. @param {string} folder */
function shareSettings(folder) {
  for (const file of ['/etc/resolv.conf', '/etc/hosts']) copyIfThere(file, join(folder, file))
  for (const place of ['/etc/apt/sources.list.d', '/etc/apt/apt.conf.d']) {
    for (const file of readdirSync(place).filter((name) => /debian\.sources$|registry|proxy/.test(name)))
      copyIfThere(join(place, file), join(folder, place, file))
  }
  const certificates = process.env['NODE_EXTRA_CA_CERTS']
  if (certificates) copyIfThere(certificates, join(folder, CERTIFICATES))
  mkdirSync(join(folder, HOME), { recursive: true })
}

/** @param {string} from @param {string} to */
function copyIfThere(from, to) {
  if (existsSync(from)) copyFileSync(from, to)
}

/**
 * Node and npm out of the npm registry's own packages of them.
 * @param {string} folder
 * @param {string} node
 * @param {string} npm
 */
async function addNode(folder, node, npm) {
  const place = join(folder, 'opt/node')
  const platform = process.arch === 'arm64' ? 'linux-arm64' : 'linux-x64'
  await unpack(`node-${platform}@${node}`, place)
  await unpack(`npm@${npm}`, join(place, 'lib/node_modules/npm'))
  for (const program of ['npm', 'npx']) {
    const script = `#!/bin/sh\nexec /opt/node/bin/node /opt/node/lib/node_modules/npm/bin/${program}-cli.js "$@"\n`
    writeFileSync(join(place, 'bin', program), script, { mode: 0o755 })
  }
}

/** @param {string} name @param {string} place */
async function unpack(name, place) {
  mkdirSync(place, { recursive: true })
  const packed = mkdtempSync(join(tmpdir(), 'kalamos-pack-'))
  try {
    await must('npm', ['pack', '--silent', '--pack-destination', packed, name])
    await must('tar', [
      '-xzf',
      join(packed, readdirSync(packed)[0] ?? ''),
      '-C',
      place,
      '--strip-components=1',
      '--no-same-owner',
    ])
  } finally {
    rmSync(packed, { recursive: true, force: true })
  }
}

/** @param {string} command @param {string[]} args */
async function must(command, args) {
  let said = ''
  const code = await run(command, args, { collect: (text) => (said += text) })
  if (code !== 0)
    throw new SetupError(
      `${command} failed:\n${said.trim().split('\n').slice(-12).join('\n')}`,
      'A bare machine needs the network and about 4 GB in the folder for temporary files.',
    )
}

/**
 * Runs a command in namespaces of its own, so that its mounts and processes go with it.
 * @param {string} folder @param {string} command @param {{ asRoot?: boolean, apart?: boolean }} [options]
 */
function enter(folder, command, { asRoot = false, apart = false } = {}) {
  const setting = (/** @type {string} */ name) =>
    spawnSync('npm', ['config', 'get', name], { encoding: 'utf8' }).stdout.trim()
  const environment = {
    HOME,
    PATH: '/opt/node/bin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C.UTF-8',
    npm_config_registry: setting('registry'),
    ...(process.env['NODE_EXTRA_CA_CERTS']
      ? { NODE_EXTRA_CA_CERTS: CERTIFICATES, npm_config_cafile: CERTIFICATES }
      : {}),
    ...Object.fromEntries(
      ['http_proxy', 'https_proxy', 'no_proxy'].flatMap((name) =>
        process.env[name] ? [[name, process.env[name]]] : [],
      ),
    ),
  }
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`)
  const mounts =
    'mount -t proc proc "$0/proc" && mount -t tmpfs tmpfs "$0/dev/shm" && mount -t devpts devpts "$0/dev/pts"'
  const user = asRoot ? '0:0' : `${USER}:${USER}`
  const inside = ['env', '-i', ...variables, 'sh', '-c', `cd "${CHECKOUT}" && ${command}`]
  return spawn(
    'unshare',
    [
      '--mount',
      '--pid',
      '--fork',
      'sh',
      '-c',
      `${mounts} && exec chroot --userspec=${user} "$0" "$@"`,
      folder,
      ...inside,
    ],
    {
      detached: apart,
      stdio: ['ignore', 'pipe', apart ? 'pipe' : 'inherit'],
    },
  )
}
