import type { Handlers } from '../../shared/api.ts'
import { Preferences } from '../../shared/api/system.ts'
import { currentLog } from '../log/index.ts'
import type { Events } from '../process/events.ts'
import type { Store } from '../store/index.ts'

const NAME = 'window'
const DEFAULTS: Preferences = { language: 'system', lookForUpdates: false, theme: 'system', logLevel: 'info' }

/** How the window and the log are wanted: kept in the database, told to every window that is open. */
export function preferenceHandlers({ store, events }: { store: Store; events: Events }) {
  const current = (): Preferences => store.settings.get(NAME, Preferences) ?? DEFAULTS
  const keep = (preferences: Preferences): Record<string, never> => {
    store.settings.set(NAME, preferences)
    currentLog()?.reach(preferences.logLevel)
    events.emit('system.preferencesChanged', preferences)
    return {}
  }
  currentLog()?.reach(current().logLevel)
  return {
    'system.preferences': current,
    'system.setPreferences': (wish) => keep({ ...current(), ...wish }),
    'system.resetPreferences': () => keep(DEFAULTS),
  } satisfies Partial<Handlers>
}
