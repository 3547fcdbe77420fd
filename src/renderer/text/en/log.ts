import type { Area } from '../../../shared/api/system.ts'
import type { LogLevel } from '../../../shared/log.ts'

const levels: Record<LogLevel, string> = { error: 'Errors', warn: 'Warnings', info: 'Events', debug: 'All' }

/** What went wrong, by the part of the app; the rest of the app goes on. */
const problems: Record<Area, string> = {
  app: 'Something went wrong in Kalamos.',
  entrypoint: 'Something went wrong between Kalamos and a window.',
  pens: 'Something went wrong with a pen.',
  calibration: 'Something went wrong while a pen was calibrated.',
  recording: 'Something went wrong while recording.',
  reading: 'Something went wrong while reading.',
  training: 'Something went wrong with a training.',
  adaptation: 'Something went wrong while adapting.',
  exchange: 'Something went wrong with an import or export.',
  review: 'Something went wrong while reviewing.',
  store: 'Something went wrong with the database.',
  log: 'Something went wrong with the log.',
}

export const log = {
  log: {
    title: 'Log',
    about: 'The last 500 lines of what Kalamos did. Written text, labels and the names of writers are never in it.',
    level: 'Show',
    levels,
    again: 'Reload',
    copy: 'Copy',
    copied: 'The log was copied.',
    copyPath: 'Copy the path',
    pathCopied: 'The path was copied.',
    folder: 'Open folder',
    entries: 'Entries of the log',
    empty: 'No entries of this kind.',
    problem: (code: string) => `The log cannot be used at the moment (${code}). Kalamos goes on without it.`,
    show: 'Show log',
    problems,
    goesOn: 'Everything else continues. The log says more.',
    failing: 'Kalamos has to end because of a defect. What was recorded is being saved.',
    failingHint: 'Start it again; the log says more.',
  },
}
