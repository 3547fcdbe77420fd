import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Finding } from '../../shared/api/system.ts'
import { log } from '../log/index.ts'
import { entry } from '../paths.ts'
import type { Probe } from './backend-probe.ts'

/** The backends in the order in which the app prefers them, and the way to those that are missing. */
const BACKENDS: readonly { name: string; title: string; hint: string | null }[] = [
  { name: 'kernels', title: 'Own WASM kernels', hint: 'Run "npm run build".' },
  { name: 'tensorflow', title: 'CUDA (tfjs-node-gpu)', hint: 'On a machine with an NVIDIA GPU and CUDA 11: "npm run cuda".' },
  { name: 'webgpu', title: 'WebGPU', hint: 'It needs a GPU with a Vulkan, Metal or Direct3D 12 driver.' },
  { name: 'wasm', title: 'Stock WASM', hint: 'Run "npm ci" again.' },
  { name: 'cpu', title: 'Plain JavaScript', hint: 'Run "npm ci" again.' },
]
const PATIENCE_MS = 30_000

/** Which compute backends work here, each with the reason where it does not. */
export async function examineCompute(): Promise<Finding[]> {
  const probes = new Map<string, Probe>()
  let waiting = BACKENDS.map(({ name }) => name)
  while (waiting.length > 0) {
    const end = await probeInChild(waiting, (probe) => probes.set(probe.name, probe))
    const [crashed] = waiting.filter((name) => !probes.has(name))
    if (crashed !== undefined) {
      log('app').warn('trying a backend has ended its process', { backend: crashed })
      probes.set(crashed, { name: crashed, ok: false, detail: `trying it ended the process (${end})` })
    }
    waiting = waiting.filter((name) => !probes.has(name))
  }
  return BACKENDS.map(({ name, title, hint }) => {
    const { ok, detail } = probes.get(name)!
    return { topic: 'compute', name: title, ok, detail, hint: ok ? null : hint }
  })
}

/** Tries backends one after the other in a child process. Resolves with how it ended. */
function probeInChild(names: readonly string[], take: (probe: Probe) => void): Promise<string> {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(entry('backend-probe')), [...names], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], timeout: PATIENCE_MS, killSignal: 'SIGKILL' })
    child.on('message', (message) => take(message as Probe))
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
}
