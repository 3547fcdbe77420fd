/** What is said of the database and the recordings in it. */
export const store = {
  'store.report-deletion-saved-until': 'The report of a deletion can be saved until Kalamos is closed.',
  'store.writer-not-deleted-since': 'Writer {id} was not deleted since Kalamos was started.',
} as const
