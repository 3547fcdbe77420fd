// @ts-check
// npm run cuda: installs the optional CUDA backend, which most machines cannot use.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './node.mjs'
import { SetupError, main, say, withoutOptions } from './say.mjs'
import { setUp } from './setup.mjs'

const PACKAGE = '@tensorflow/tfjs-node-gpu'

await main(async () => {
  const told = withoutOptions(
    'npm run cuda: installs the optional CUDA backend for NVIDIA GPUs, about half a gigabyte. Kalamos runs without it.',
  )
  if (told !== null) return told
  await setUp({ build: false })
  const range = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).peerDependencies[PACKAGE]
  say(
    `Installing ${PACKAGE} ${range} for NVIDIA GPUs. Its install step downloads libtensorflow for CUDA 11, ` +
      'about half a gigabyte.',
  )
  say('It is kept out of package.json; Kalamos runs without it.')
  let said = ''
  const code = await run(
    'npm',
    ['install', '--no-save', '--ignore-scripts=false', '--no-audit', '--no-fund', `${PACKAGE}@${range}`],
    {
      collect: (text) => {
        said += text
        process.stderr.write(text)
      },
      shell: process.platform === 'win32',
    },
  )
  if (code !== 0) throw new SetupError(`${PACKAGE} could not be installed.`, wayOut(said))
  say('Installed. "npm run -s kalamos -- doctor" says whether the GPU can be used.')
  return 0
})

/** @param {string} said by npm */
function wayOut(said) {
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|getaddrinfo/.test(said)) {
    return (
      'A download failed: libtensorflow comes from a server of its own, outside the npm registry, which this ' +
      'machine does not reach. Kalamos goes on without CUDA.'
    )
  }
  if (/node-pre-gyp|node-gyp|gyp ERR/.test(said))
    return (
      'There is no binary of it for this platform and Node, and it could not be compiled. Kalamos goes on without ' +
      'CUDA.'
    )
  return 'What npm said is above. Kalamos goes on without CUDA.'
}
