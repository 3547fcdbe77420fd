import * as v from 'valibot'
import { Said } from '../messages/message.ts'
import { ERROR_CODES } from '../errors.ts'
import { LOG_LEVELS } from '../log.ts'
import { command, done, event, nothing, query } from './contract.ts'

/** One thing that `doctor` looked at. */
export const Finding = v.object({
  topic: v.picklist(['runtime', 'pen access', 'compute', 'database', 'log', 'browser']),
  name: v.string(),
  ok: v.boolean(),
  /** What was found, or why it is not to be had. */
  detail: Said,
  /** The way out, where something is missing. */
  hint: v.nullable(Said),
})
export type Finding = v.InferOutput<typeof Finding>

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

/** How the window is wanted, in whichever window or browser it opens next. */
export const Preferences = v.strictObject({
  /** `system`: the language that the system of the person prefers. */
  language: v.picklist(['system', ...LANGUAGES]),
  /** Whether an installed app asks GitHub for newer versions of itself. Off, it contacts nobody. */
  lookForUpdates: v.optional(v.boolean(), false),
  /** `system`: light or dark as the system is. */
  theme: v.optional(v.picklist(THEMES), 'system'),
  /** What the log takes down to; `--verbose` takes all. */
  logLevel: v.optional(v.picklist(LOG_LEVELS), 'info'),
})
/** What somebody wants otherwise; the rest stays. */
const SomePreferences = v.strictObject({
  language: v.exactOptional(Preferences.entries.language),
  lookForUpdates: v.exactOptional(v.boolean()),
  theme: v.exactOptional(v.picklist(THEMES)),
  logLevel: v.exactOptional(v.picklist(LOG_LEVELS)),
})
export type Preferences = v.InferOutput<typeof Preferences>

/** The parts of the app, as the log and its problems name them. */
export const AREAS = [
  'app',
  'entrypoint',
  'pens',
  'calibration',
  'recording',
  'reading',
  'training',
  'adaptation',
  'exchange',
  'review',
  'store',
  'log',
] as const
export type Area = (typeof AREAS)[number]

/** One entry of the log. */
export const LogEntry = v.object({
  /** ISO 8601, in UTC. */
  at: v.string(),
  level: v.picklist(LOG_LEVELS),
  area: v.string(),
  /** Which entry point or child wrote it, and the id of its process. */
  process: v.string(),
  /** All its lines, the first one without what is said above. */
  text: v.string(),
})
export type LogEntry = v.InferOutput<typeof LogEntry>

export const Log = v.object({
  path: v.string(),
  /** Why it cannot be written or read, as the system says it; null while it can. */
  problem: v.nullable(Said),
  /** The oldest first. */
  entries: v.array(LogEntry),
})
export type Log = v.InferOutput<typeof Log>

export const system = {
  'system.info': query(
    nothing,
    v.object({
      version: v.string(),
      entryPoint: v.picklist(['window', 'browser', 'terminal']),
      /** Whether this app can replace itself by a newer one. */ updatesItself: v.boolean(),
      databasePath: v.string(),
    }),
  ),
  'system.doctor': query(nothing, v.array(Finding)),
  'system.preferences': query(nothing, Preferences),
  'system.setPreferences': command(SomePreferences, done),
  /** Takes back all that was ever preferred. */
  'system.resetPreferences': command(nothing, done),
  /** The last entries of the log, of so many lines at most, down to a level. */
  'system.log': query(
    v.strictObject({
      level: v.optional(v.picklist(LOG_LEVELS), 'debug'),
      lines: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5000)), 500),
    }),
    Log,
  ),
  /** Shows the log in the system's file manager. Throws `unavailable` where the entry point has none. */
  'system.showLog': command(nothing, done),
  /** The same for the database. */
  'system.showData': command(nothing, done),
  /** The licence of Kalamos, what ships with it that others made, and the packages among that. */
  'system.licences': query(
    nothing,
    v.object({
      own: v.string(),
      notices: v.string(),
      packages: v.array(v.object({ name: v.string(), version: v.string(), licence: v.string() })),
    }),
  ),
  /** The text that a package came with; null where it came without. */
  'system.licence': query(
    v.strictObject({ name: v.string(), version: v.string() }),
    v.object({ text: v.nullable(v.string()) }),
  ),
}

export const systemEvents = {
  /** Something went wrong that nobody waited for. The rest goes on. Told once of each kind. */
  'system.problem': event(
    v.object({
      area: v.picklist(AREAS),
      code: v.picklist(ERROR_CODES),
      /** What a person can understand of it; null for a defect, which the log describes. */
      message: v.nullable(Said),
      hint: v.nullable(Said),
    }),
  ),
  /** The host has to end because of a defect. What was recorded is being saved. */
  'system.failing': event(nothing),
  'system.preferencesChanged': event(Preferences),
  /** Something a person should know that no request of theirs was waiting for. */
  'system.notice': event(
    v.object({ level: v.picklist(['info', 'warning', 'error']), message: Said, hint: v.nullable(Said) }),
  ),
}
