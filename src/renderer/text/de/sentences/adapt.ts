import type { Sentences } from '../../sentences.ts'

export const adapt: Sentences = {
  'Version {0} of {1} has no model.': 'Fassung {0} für {1} hat kein Modell.',
  'Choose a version that was kept, or a candidate.': 'Eine behaltene Fassung oder einen Kandidaten wählen.',
  'There is no model to adapt.': 'Es gibt kein Modell zum Anpassen.',
  'There is no word of {0} that neither model learned from.':
    'Von {0} gibt es kein Wort, aus dem keines der beiden Modelle gelernt hat.',
  'There is already a file {0} in {1}.': 'In {1} gibt es schon eine Datei {0}.',
  'Record an enrolment of 20 words, or correct some words while reading live.':
    '20 Wörter zum Einlernen aufnehmen oder beim Erkennen einige Wörter verbessern.',
  'There is no word of {0} to adapt with; at least {1} are needed.':
    'Zum Anpassen gibt es kein Wort von {0}; mindestens {1} sind nötig.',
  'There is only one word of {0} to adapt with; at least {1} are needed.':
    'Zum Anpassen gibt es nur ein Wort von {0}; mindestens {1} sind nötig.',
  'There are only {0} words of {1} to adapt with; at least {2} are needed.':
    'Zum Anpassen gibt es nur {0} Wörter von {1}; mindestens {2} sind nötig.',
  'There is no word of {0} to adapt with; at least {1} are needed (left out: {2}).':
    'Zum Anpassen gibt es kein Wort von {0}; mindestens {1} sind nötig (ausgelassen: {2}).',
  'There is only one word of {0} to adapt with; at least {1} are needed (left out: {2}).':
    'Zum Anpassen gibt es nur ein Wort von {0}; mindestens {1} sind nötig (ausgelassen: {2}).',
  'There are only {0} words of {1} to adapt with; at least {2} are needed (left out: {3}).':
    'Zum Anpassen gibt es nur {0} Wörter von {1}; mindestens {2} sind nötig (ausgelassen: {3}).',
  'The adaptation was cancelled.': 'Die Anpassung wurde abgebrochen.',
  'The adaptation was cancelled while its image network was learning.':
    'Die Anpassung wurde abgebrochen, während ihr Bildnetz lernte.',
  'Only {0} words can be adapted with; at least {1} are needed.':
    'Nur {0} Wörter taugen zum Anpassen; mindestens {1} sind nötig.',
  'There is no adaptation {0}.': 'Es gibt keine Anpassung {0}.',
}
