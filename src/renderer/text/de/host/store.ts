import type { store as english } from '../../../../shared/messages/en/store.ts'
import type { Translation } from '../../../../shared/messages/render.ts'

/** What is said of the database and the recordings in it. */
export const store: Translation<typeof english> = {
  'store.report-deletion-saved-until': 'Der Bericht einer Löschung lässt sich speichern, bis Kalamos geschlossen wird.',
  'store.writer-not-deleted-since': 'Schreiber {id} wurde seit dem Start von Kalamos nicht gelöscht.',
}
