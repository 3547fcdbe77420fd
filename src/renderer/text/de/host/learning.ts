import type { learning as english } from '../../../../shared/messages/en/learning.ts'
import type { Translation } from '../../../../shared/messages/render.ts'

/** What is said of training and measuring. */
export const learning: Translation<typeof english> = {
  'learning.cancel-first': 'Erst abbrechen.',
  'learning.resume-begins-anew-without': 'Fortsetzen: Es beginnt neu, ohne diese Person.',
  'learning.wait-cancel': 'Abwarten oder abbrechen.',
  'learning.writer-whom-learned-deleted': 'Jemand, von dem es gelernt hat, wurde gelöscht.',
}
