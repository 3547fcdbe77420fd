import type { BackupProgress } from '../../../shared/api/backup.ts'
import type { Theme } from '../../../shared/api/system.ts'
import { many } from './many.ts'

const themes: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' }
const steps: Record<BackupProgress['step'], string> = {
  files: 'Copying models…',
  database: 'Copying the database…',
  checking: 'Reading the copy back…',
}
const works: Record<BackupProgress['work'], string> = { backup: 'Making a backup', restore: 'Getting a backup ready' }

export const settings = {
  settings: {
    reset: 'Back to the usual settings',
    updates: 'Updates',
    appearance: 'Appearance',
    theme: 'Colours',
    themes,
    data: 'Data folder',
    dataAbout: 'All recordings, writers and settings are in this database. Models are in the folder next to it.',
    openFolder: 'Open folder',
    logLevel: 'Log level',
    logAbout: 'The log says what Kalamos did, and what went wrong. It never contains written text or names of writers.',
  },
  backup: {
    title: 'Backup',
    about:
      'A backup is one file with everything: recordings, writers, settings and models. It can be made while you ' +
      'record.',
    make: 'Back up',
    restore: 'Restore…',
    works,
    steps,
    makeTitle: 'Back up everything',
    makeAbout: 'Everything is copied into a new zip file, and the copy is checked.',
    place: 'New file, best on another disk',
    erased:
      'Writers who are erased later stay in backups made before. Delete those backups, or erase the writers ' +
      'again after restoring.',
    made: (path: string) => `The backup is made and checked: ${path}`,
    facts: {
      madeAt: 'Made',
      recordings: 'Recordings',
      writers: 'Writers',
      models: 'Models',
      size: 'Size',
      version: 'Kalamos',
    },
    restoreTitle: 'Restore a backup',
    restoreAbout: 'The backup is checked first. It takes effect when Kalamos starts again.',
    from: 'File of the backup',
    look: 'Look at it',
    layReady: 'Check and get ready',
    replaces:
      'At the next start, this replaces what Kalamos contains now. The present data are moved to a folder next ' +
      'to it; nothing is deleted.',
    ready: 'The backup is ready: start Kalamos again to use it.',
    waiting: (when: string) => `The backup of ${when} is ready.`,
    restartHere: 'It takes effect when Kalamos starts again.',
    restartThere:
      'It takes effect when Kalamos starts again: end it in the terminal with Ctrl-C, and start it there again.',
    restart: 'Start Kalamos again',
    leave: 'Do not restore',
    restored: (when: string) => `The backup of ${when} was restored.`,
    keptIn: (path: string) => `What was there before is in ${path}.`,
  },
  about: {
    title: 'About Kalamos',
    text:
      'Kalamos records pens with sensors, trains a recogniser for each writer, and reads words while they are ' +
      'written. Everything stays on this machine.',
    licence: 'Free software under the MIT licence.',
    licences: 'Licences',
    own: 'Licence of Kalamos',
    notices: 'Fonts, shapes and word lists that ship with it',
    packages: (count: number) => `${many(count, 'third-party package')}`,
    search: 'Search',
    noText: 'This package comes without a licence text.',
    notBuilt: 'The list is made when Kalamos is built.',
  },
}
