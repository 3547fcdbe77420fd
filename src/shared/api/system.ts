import * as v from 'valibot'
import { command, done, event, nothing, query } from './contract.ts'

/** One thing that `doctor` looked at. */
export const Finding = v.object({
  topic: v.picklist(['runtime', 'pen access', 'compute', 'database', 'browser']),
  name: v.string(),
  ok: v.boolean(),
  /** What was found, or why it is not to be had. */
  detail: v.string(),
  /** The way out, where something is missing. */
  hint: v.nullable(v.string()),
})
export type Finding = v.InferOutput<typeof Finding>

export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

/** How the window is wanted, in whichever window or browser it opens next. */
export const Preferences = v.strictObject({
  /** `system`: the language that the system of the person prefers. */
  language: v.picklist(['system', ...LANGUAGES]),
  /** Whether an installed app asks GitHub for newer versions of itself. Off, it contacts nobody. */
  lookForUpdates: v.optional(v.boolean(), false),
})
/** What somebody wants otherwise; the rest stays. */
const Wish = v.strictObject({ language: v.exactOptional(Preferences.entries.language), lookForUpdates: v.exactOptional(v.boolean()) })
export type Preferences = v.InferOutput<typeof Preferences>

export const system = {
  'system.info': query(
    nothing,
    v.object({ version: v.string(), door: v.picklist(['window', 'browser', 'terminal']), /** Whether this app can replace itself by a newer one. */ updatesItself: v.boolean(), databasePath: v.string() }),
  ),
  'system.doctor': query(nothing, v.array(Finding)),
  'system.preferences': query(nothing, Preferences),
  'system.prefer': command(Wish, done),
}

export const systemEvents = {
  'system.preferencesChanged': event(Preferences),
  /** Something a person should know that no request of theirs was waiting for. */
  'system.notice': event(v.object({ level: v.picklist(['info', 'warning', 'error']), message: v.string(), hint: v.nullable(v.string()) })),
}
