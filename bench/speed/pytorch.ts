import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../src/main/files/paths.ts'

interface Timing {
  train_step_ms: number
  infer_ms: number
}

const script = join(root, '../shared/bench/torch_step.py')
const PYTHONS = ['python3', '/usr/bin/python3']

/** Why there is nothing to compare with, or undefined. */
export function pytorchMissing(): string | undefined {
  if (!existsSync(script)) return 'shared/bench/torch_step.py is not there'
  return python() === undefined
    ? 'PyTorch is not installed (apt-get install python3-torch libopenblas0-pthread)'
    : undefined
}

let found: string | undefined

function python(): string | undefined {
  found ??= PYTHONS.find((command) => {
    try {
      execFileSync(command, ['-c', 'import torch'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })
  return found
}

/** Milliseconds of PyTorch for a model: the better of some numbers of threads. */
export function pytorch(
  model: string,
  {
    batch,
    frames,
    steps,
    threads: counts,
  }: { batch: number; frames: number; steps: number; threads: readonly number[] },
): Timing {
  const timings = counts.map((threads) => {
    const options = { model, batch, frames, steps, threads }
    const output = execFileSync(
      python()!,
      [script, ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    )
    return JSON.parse(output) as Timing
  })
  return {
    train_step_ms: Math.min(...timings.map((t) => t.train_step_ms)),
    infer_ms: Math.min(...timings.map((t) => t.infer_ms)),
  }
}
