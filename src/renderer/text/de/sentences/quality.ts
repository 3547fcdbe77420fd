import type { Sentences } from '../../sentences.ts'

export const quality: Sentences = {
  'There is a gap of {0} ms.': 'Eine Lücke von {0} ms.',
  "The pen's clock was out of line at {0} of {1} frames; the times of their neighbours are used.":
    'Die Uhr des Stifts sprang bei {0} von {1} Frames; dort gelten die Zeiten der Nachbarn.',
}
