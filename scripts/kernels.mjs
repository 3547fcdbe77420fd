// Compiles the AssemblyScript kernels to resources/kernels/*.wasm: with and without relaxed SIMD, and once more for
// shared memory. Does nothing when they are newer than their sources. Also vitest's global setup.
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const sources = join(root, 'src/main/compute/kernels/assembly')
const target = join(root, 'resources/kernels')

const COMMON = [
  '-O3',
  '--noAssert',
  '--runtime',
  'stub',
  '--importMemory',
  '--enable',
  'simd',
  '--disableWarning',
  '112,201',
]
const RELAXED = ['--enable', 'relaxed-simd']
const SHARED = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536']

/** Name of each module: its entry file and what is special about it. */
const MODULES = {
  kernels: ['index.ts', []],
  'kernels-relaxed': ['index.ts', RELAXED],
  optimiser: ['optimiser.ts', SHARED],
  'optimiser-relaxed': ['optimiser.ts', [...SHARED, ...RELAXED]],
}

/** Builds what is missing or older than the sources. */
export async function buildKernels({ force = false } = {}) {
  const newest = await newestSource()
  const stale = []
  for (const name of Object.keys(MODULES)) {
    if (force || (await modified(join(target, `${name}.wasm`))) < newest) stale.push(name)
  }
  if (stale.length === 0) return
  const { main } = await import('assemblyscript/asc')
  await mkdir(target, { recursive: true })
  for (const name of stale) await compile(main, name)
}

async function compile(main, name) {
  const [file, flags] = MODULES[name]
  let binary
  const { error, stderr } = await main([join(sources, file), ...COMMON, ...flags, '--outFile', 'binary'], {
    writeFile: (_, contents) => {
      binary = contents
    },
  })
  if (error) throw new Error(`the kernels "${name}" do not compile: ${error.message}\n${stderr.toString()}`)
  // Written beside and renamed, so that nobody reads half a file.
  const fresh = join(target, `${name}.${process.pid}.tmp`)
  await writeFile(fresh, binary)
  await rename(fresh, join(target, `${name}.wasm`))
}

async function newestSource() {
  const files = (await readdir(sources)).filter((file) => file.endsWith('.ts')).map((file) => join(sources, file))
  const times = await Promise.all([...files, fileURLToPath(import.meta.url)].map(modified))
  return Math.max(...times)
}

async function modified(file) {
  try {
    return (await stat(file)).mtimeMs
  } catch {
    return -Infinity
  }
}

export default buildKernels

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernels({ force: process.argv.includes('--force') })
