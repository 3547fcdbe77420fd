import { expect, test } from 'vitest'
import { examineCompute } from '../../src/main/doctor/compute.ts'
import { forkChild, type ChildProcess } from '../../src/main/process/fork.ts'

/** A process that is ready, says what `answer` gives for each name it is sent, and ends on `null`. */
function scripted(answer: (name: string) => { name: string; ok: boolean; detail: string } | null): () => ChildProcess {
  return () => {
    let hear: (message: unknown) => void = () => undefined
    let end: (reason: string) => void = () => undefined
    return {
      pid: 1,
      ref: () => undefined,
      unref: () => undefined,
      send(message) {
        for (const name of (message as { names: string[] }).names) {
          const probe = answer(name)
          if (probe === null) return end('signal SIGSEGV')
          hear({ type: 'tried', probe })
        }
      },
      onMessage(listener) {
        hear = listener
        queueMicrotask(() => listener({ type: 'ready' }))
      },
      onExit: (listener) => void (end = listener),
      kill: () => end('signal SIGKILL'),
    }
  }
}

test('every backend is tried in a process beside, which ends', { timeout: 60_000 }, async () => {
  const ended: Promise<string>[] = []
  const findings = await examineCompute((entry) => {
    const child = forkChild(entry)
    ended.push(new Promise((resolve) => child.onExit(resolve)))
    return child
  })
  expect(findings.map(({ topic }) => topic)).toEqual(Array(5).fill('compute'))
  expect(findings.find(({ name }) => name === 'Own WASM kernels')).toMatchObject({ ok: true, hint: null })
  expect(findings.find(({ name }) => name === 'CUDA (tfjs-node-gpu)')).toMatchObject({ ok: false })
  expect(await Promise.all(ended)).not.toHaveLength(0)
})

test('a backend that takes its process down is named, and the others are still tried', async () => {
  const findings = await examineCompute(
    scripted((name) => (name === 'webgpu' ? null : { name, ok: true, detail: 'works' })),
  )
  expect(findings.map(({ ok }) => ok)).toEqual([true, true, false, true, true])
  expect(findings[2]!.detail).toBe('trying it ended the process (signal SIGSEGV)')
})
