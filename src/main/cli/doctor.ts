import type { Command } from 'commander'
import { resolve } from 'node:path'
import type { Finding } from '../../shared/api/system.ts'
import { examine } from '../doctor/examine.ts'
import { print, type CommonOptions } from './terminal.ts'
import { verb, type Tools } from './verb.ts'

/** `doctor`: what this machine has. Looks at the database without opening it, so that it also runs beside an open window. */
export function doctorVerb({ terminal }: Tools): Command {
  return verb('doctor', 'Say what this machine has: Node, Electron, pen access, compute backends, database, Chromium.', ['doctor', 'doctor --json']).action(
    async (options: CommonOptions) => {
      const findings = await examine({ databasePath: resolve(options.database), isOpenHere: false })
      print(terminal, options, findings, asText(findings))
    },
  )
}

function asText(findings: readonly Finding[]): string {
  const topics = [...new Set(findings.map(({ topic }) => topic))]
  return topics.map((topic) => [topic, ...findings.filter((finding) => finding.topic === topic).map(line)].join('\n')).join('\n\n')
}

function line({ ok, name, detail, hint }: Finding): string {
  const mark = ok ? ' ok ' : ' -- '
  const what = detail.startsWith(name) ? detail : `${name}: ${detail}`
  return `${mark} ${what}${hint === null ? '' : `\n     ${hint}`}`
}
