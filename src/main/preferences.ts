import type { Handlers } from '../shared/api.ts'
import { Preferences } from '../shared/api/system.ts'
import type { Events } from './events.ts'
import type { Store } from './store/index.ts'

const NAME = 'window'
const DEFAULTS: Preferences = { language: 'system', lookForUpdates: false }

/** How the window is wanted: kept in the database, told to every window that is open. */
export function preferenceHandlers({ store, events }: { store: Store; events: Events }): Pick<Handlers, 'system.preferences' | 'system.prefer'> {
  const current = (): Preferences => store.settings.get(NAME, Preferences) ?? DEFAULTS
  return {
    'system.preferences': current,
    'system.prefer': (wish) => {
      const preferences = { ...current(), ...wish }
      store.settings.set(NAME, preferences)
      events.emit('system.preferencesChanged', preferences)
      return {}
    },
  }
}
