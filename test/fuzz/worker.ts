/**
 * Child process: gives one target input after input until the time is over, and says before and after each what it
 * does.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { randomStream } from '../../src/main/random/named.ts'
import { TARGETS } from './targets.ts'
import type { Fate } from './target.ts'

export interface Order {
  target: string
  seed: number
  /** The first input, and how many at most. */
  from: number
  most: number
  seconds: number
  /** Where the input lies that is given now. */
  folder: string
}
export type Said =
  | { kind: 'begin'; input: number }
  | { kind: 'end'; bytes: number; millis: number; fate: Fate }
  | { kind: 'defect'; message: string }
  | { kind: 'done' }

const say = (said: Said): Promise<void> => new Promise((resolve) => process.send!(said, () => resolve()))

process.once('message', ({ target: name, seed, from, most, seconds, folder }: Order) => {
  const fail = (error: unknown): void =>
    void say({ kind: 'defect', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }).then(
      () => process.exit(1),
    )
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  void work().catch(fail)

  async function work(): Promise<void> {
    const target = await TARGETS[name]!()
    const until = performance.now() + seconds * 1000
    for (let input = from; input < from + most && performance.now() < until; input++) {
      rmSync(folder, { recursive: true, force: true })
      mkdirSync(folder, { recursive: true })
      const bytes = target.make(folder, randomStream('fuzz', name, seed, input))
      await say({ kind: 'begin', input })
      const began = performance.now()
      const fate = await target.run(folder)
      await say({ kind: 'end', bytes, millis: Math.round(performance.now() - began), fate })
    }
    await target.close()
    await say({ kind: 'done' })
    process.exit(0)
  }
})
