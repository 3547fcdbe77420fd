import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { randomStream } from '../../src/main/random/named.ts'
import { temporaryFolder } from '../store/fixtures.ts'
import { damaged } from './damage.ts'
import { TARGETS } from './targets.ts'

/** Inputs that were faults once, in folders named `<target>.<what was wrong>`. */
const KEPT = fileURLToPath(new URL('./regressions', import.meta.url))

it.each(readdirSync(KEPT))('%s is taken or refused', async (name) => {
  const folder = temporaryFolder()
  cpSync(join(KEPT, name), folder, { recursive: true })
  const target = await TARGETS[name.slice(0, name.indexOf('.'))]!()
  try {
    expect(['taken', 'refused']).toContain(await target.run(folder))
  } finally {
    await target.close()
  }
})

it('makes the same input again for the same numbers, and others for others', () => {
  const whole = Buffer.from('the quick brown fox jumps over the lazy dog')
  const input = (number: number): string => damaged(whole, randomStream('fuzz', 'text', 1, number)).toString('latin1')
  const inputs = Array.from({ length: 100 }, (_, number) => input(number))
  expect(Array.from({ length: 100 }, (_, number) => input(number))).toEqual(inputs)
  expect(new Set(inputs).size).toBeGreaterThan(80)
  expect(inputs.filter((text) => text !== whole.toString('latin1')).length).toBeGreaterThan(90)
})
