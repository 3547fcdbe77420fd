import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { resource } from '../../src/main/files/paths.ts'
import { planFor, readProtocol } from '../../src/main/protocol/index.ts'
import { damaged } from './damage.ts'
import { refusedOr } from './importers.ts'
import type { Target } from './target.ts'

/** Protocols as people write them, in YAML: those that ship, damaged. */
export function protocols(): Target {
  const folder = resource('protocols')
  const whole = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => readFileSync(join(folder, name)))
  return {
    make(folder, random) {
      const bytes = damaged(random.pick(whole), random)
      writeFileSync(join(folder, 'protocol.yaml'), bytes)
      return bytes.length
    },
    async run(folder) {
      const { protocol, faults } = readProtocol(readFileSync(join(folder, 'protocol.yaml'), 'utf8'))
      if (protocol === null)
        return faults.length > 0 ? 'refused' : Promise.reject(new Error('a protocol without a fault was refused'))
      return (await refusedOr(() => planFor(protocol, 'w'))) === null ? 'refused' : 'taken'
    },
    close: () => undefined,
  }
}
