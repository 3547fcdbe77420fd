import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { BackupProgress, BackupSummary } from '../../../shared/api/backup.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { backUp, restoreFrom } from '../../backup/thread.ts'
import { finishRestore, leaveRestore } from '../../backup/restore.ts'
import { lockForWriting } from '../../store/lock.ts'
import { print, throwIfCancelled, type CommonOptions, type Terminal } from './terminal.ts'
import { verb, type Tools } from './verb.ts'

const STEPS: Record<BackupProgress['step'], string> = {
  files: 'copying models',
  database: 'copying the database',
  checking: 'reading the copy back',
}

/** `backup`: everything into a new file, also beside a window that is open. */
export function backupVerb({ terminal }: Tools): Command {
  return verb(
    'backup',
    'Copy all data of Kalamos into a new zip file, and check the copy. Kalamos may be open meanwhile.',
    ['backup /media/disk/kalamos-2026-11-30.zip'],
  )
    .argument('<file>', 'a new file, best on another disk; .zip is added where it lacks it')
    .action(async (file: string, options: CommonOptions) => {
      const summary = await backUp(resolve(options.database), resolve(file), {
        signal: terminal.signal,
        progress: teller(terminal),
      })
      print(terminal, options, summary, `${contents(summary)} are in ${summary.path}, checked.`)
    })
}

/** `restore`: a backup into an empty place, or in place of what is there. */
export function restoreVerb({ terminal }: Tools): Command {
  return verb('restore', 'Check a backup and put it where the database is. Kalamos must not be open there.', [
    'restore /media/disk/kalamos-2026-11-30.zip',
    'restore /media/disk/kalamos-2026-11-30.zip --replace',
    'restore /media/disk/kalamos-2026-11-30.zip --database elsewhere/kalamos.db',
  ])
    .argument('<backup>', 'its zip file, or the folder of one that an earlier version made')
    .option('--replace', 'replace the present data, which are moved to a folder next to it')
    .action(async (backup: string, options: CommonOptions & { replace?: boolean }) => {
      const database = resolve(options.database)
      if (existsSync(database)) {
        if (options.replace !== true)
          throw new KalamosError(
            'conflict',
            `${database} is there already.`,
            'With --replace the backup takes its place, and the present data are moved to a folder next to it. ' +
              'Or choose another place with --database <file>.',
          )
        // Sooner than after all has been copied: whether somebody has it open.
        lockForWriting(database)()
      }
      const summary = await restoreFrom(resolve(backup), database, {
        signal: terminal.signal,
        progress: teller(terminal),
      })
      try {
        throwIfCancelled(terminal.signal)
        const done = finishRestore(database)
        const kept = done?.keptIn == null ? '' : ` What was there before is in ${done.keptIn}.`
        print(
          terminal,
          options,
          { ...summary, keptIn: done?.keptIn ?? null },
          `${contents(summary)} are back in ${database}.${kept}`,
        )
      } catch (error) {
        leaveRestore(database)
        throw error
      }
    })
}

function contents({ recordings, writers, models }: BackupSummary): string {
  return `${recordings} recordings of ${writers} writers and ${models} models`
}

/** Says each step once, and every tenth of it. */
function teller(terminal: Terminal): (progress: BackupProgress) => void {
  let told = ''
  return ({ step, share }) => {
    const now = `${STEPS[step]}: ${Math.floor(share * 10) * 10} %\n`
    if (now !== told) terminal.err(now)
    told = now
  }
}
