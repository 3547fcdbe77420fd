import type { Command } from 'commander'
import { resolve } from 'node:path'
import type { Finding } from '../../../shared/api/system.ts'
import { english } from '../../../shared/messages/index.ts'
import { examine } from '../../doctor/examine.ts'
import { checkDatabase } from '../../doctor/samples.ts'
import { print, throwIfCancelled, type CommonOptions, type Terminal } from './terminal.ts'
import { verb, type Tools } from './verb.ts'

/**
 * `doctor`: what this machine has. Looks at the database without opening it, so that it also runs beside an open
 * window.
 */
export function doctorVerb({ terminal }: Tools): Command {
  return verb(
    'doctor',
    'Check this machine: Node, Electron, access to pens, compute backends, database, log, Chromium.',
    ['doctor', 'doctor --json', 'doctor --check'],
  )
    .option('--check', 'also read the whole database, and list damaged recordings')
    .action(async (options: CommonOptions & { check?: true }) => {
      const databasePath = resolve(options.database)
      const findings = [
        ...(await examine({ databasePath, isOpenHere: false })),
        ...(options.check ? await checkDatabase(databasePath, progress(terminal)) : []),
      ]
      print(terminal, options, findings, asText(findings))
    })
}

/** Says on stderr with each tenth how far it is; Ctrl-C ends it. */
function progress(terminal: Terminal): (share: number) => void {
  let tenth = 0
  return (share) => {
    throwIfCancelled(terminal.signal)
    if (Math.floor(share * 10) === tenth) return
    tenth = Math.floor(share * 10)
    terminal.err(`${tenth * 10} % of the recordings checked.\n`)
  }
}

function asText(findings: readonly Finding[]): string {
  const topics = [...new Set(findings.map(({ topic }) => topic))]
  return topics
    .map((topic) => [topic, ...findings.filter((finding) => finding.topic === topic).map(line)].join('\n'))
    .join('\n\n')
}

function line(finding: Finding): string {
  const { ok, name } = finding
  const [detail, hint] = [english(finding.detail), english(finding.hint ?? '')]
  const mark = ok ? ' ok ' : ' -- '
  const what = detail.startsWith(name) ? detail : `${name}: ${detail}`
  return `${mark} ${what}${hint === '' ? '' : `\n     ${hint}`}`
}
