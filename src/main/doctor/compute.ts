import * as v from 'valibot'
import type { Finding } from '../../shared/api/system.ts'
import type { Said } from '../../shared/messages/index.ts'
import { after } from '../process/background.ts'
import { log } from '../log/index.ts'
import { ANEW } from '../native/reason.ts'
import type { BackendName } from '../compute/backend.ts'
import type { Fork } from '../process/fork.ts'
import { entry } from '../files/paths.ts'
import { FromProbe, type Probe, type ToProbe } from './probe-messages.ts'

/** The backends in the order in which the app prefers them, and the way to those that are missing. */
const BACKENDS: readonly { name: BackendName; title: string; hint: Said | null }[] = [
  { name: 'kernels', title: 'Own WASM kernels', hint: ANEW },
  {
    name: 'tensorflow',
    title: 'CUDA (tfjs-node-gpu)',
    hint: 'On a machine with an NVIDIA GPU and CUDA 11: "npm run cuda".',
  },
  {
    name: 'webgpu',
    title: 'WebGPU',
    hint: 'It needs a GPU with a Vulkan, Metal or Direct3D 12 driver, and does not work in the Electron window.',
  },
  { name: 'wasm', title: 'Stock WASM', hint: ANEW },
  { name: 'cpu', title: 'Plain JavaScript', hint: ANEW },
]
const PATIENCE_MS = 30_000

/** Which compute backends work here, each with the reason where it does not. */
export async function examineCompute(fork: Fork): Promise<Finding[]> {
  const probes = new Map<string, Probe>()
  let waiting = BACKENDS.map(({ name }) => name)
  while (waiting.length > 0) {
    const end = await probeInChild(fork, waiting, (probe) => probes.set(probe.name, probe))
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

/**
 * Tries backends one after the other in a process of its own, since a driver may take it down. Resolves with how it
 * ended.
 */
function probeInChild(fork: Fork, names: readonly BackendName[], take: (probe: Probe) => void): Promise<string> {
  return new Promise((resolve) => {
    const child = fork(entry('backend-probe'))
    const open = new Set<string>(names)
    const patience = after(PATIENCE_MS, 'app', 'a backend could not be given up', () => {
      resolve(`no answer for ${PATIENCE_MS / 1000} s`)
      child.kill()
    })
    child.onMessage((message) => {
      const { success, output: heard } = v.safeParse(FromProbe, message)
      if (!success) return child.kill()
      if (heard.type === 'ready') return child.send({ names: [...names] } satisfies ToProbe)
      take(heard.probe)
      open.delete(heard.probe.name)
      // The process waits for nothing more, but a driver may keep it.
      if (open.size === 0) child.kill()
    })
    child.onExit((reason) => {
      clearTimeout(patience)
      resolve(reason)
    })
  })
}
