import { resolve } from 'node:path'
import type { Command } from 'commander'
import { defaultDatabase } from '../../files/database.ts'
import { selfTest, type SelfTestReport } from '../../selftest/self-test.ts'
import { percent } from './evaluate.ts'
import { print, throwIfCancelled, type CommonOptions } from './terminal.ts'
import { decimal, verb, type Tools } from './verb.ts'

type Options = CommonOptions & { data: string; speed?: number }

/** `self-test`: the whole job once, on real recordings through real serial ports. */
export function selfTestCommand({ terminal }: Tools): Command {
  return verb(
    'self-test',
    'Self-test of the whole chain with real recordings: replay them through a pair of serial ports, record, ' +
      'train, and read live. Uses a temporary database unless --database is given.',
    ['self-test --data ../shared/data/pen-digits.ndjson.gz --json'],
  )
    .requiredOption('--data <file>', 'NDJSON file of recordings, plain or gzipped')
    .option('--speed <times>', 'speed of the replay; 1 is real time', decimal(0.1, 1000))
    .action(async (options: Options) => {
      const own = options.database === defaultDatabase()
      try {
        const report = await selfTest({
          data: resolve(options.data),
          ...(own ? {} : { database: resolve(options.database) }),
          ...(options.speed === undefined ? {} : { speed: options.speed }),
          progress: (message) => terminal.err(`${message}\n`),
          signal: terminal.signal,
        })
        print(terminal, options, report, asText(report))
      } catch (error) {
        throwIfCancelled(terminal.signal)
        throw error
      }
    })
}

function asText(report: SelfTestReport): string {
  const recorded = `${report.recordings} recordings of ${report.frames} frames, ${report.lost_frames} frames lost.`
  if (report.accuracy === null || report.train_seconds === null) return recorded
  const cer = report.cer === null ? '' : `, CER ${percent(report.cer)}`
  const latency =
    report.latency_ms === null
      ? ''
      : `, ${report.latency_ms.p50.toFixed(0)} ms after the last sample (95 %: ${report.latency_ms.p95.toFixed(0)} ms)`
  return (
    `${recorded}\nTrained for ${report.train_seconds.toFixed(0)} s on ` +
    `${report.backend}.\n${percent(report.accuracy)} read right${cer}${latency}.`
  )
}
