import type { Sentences } from '../../sentences.ts'

export const adapt: Sentences = {
  'Version {0} of {1} is still being made.': 'Fassung {0} für {1} entsteht noch.',
  'Version {0} is finished: there is nothing to resume.': 'Fassung {0} ist fertig: Es gibt nichts fortzusetzen.',
  'Version {0} cannot read anybody: {1}.': 'Fassung {0} kann niemanden lesen: {1}.',
  'Version {0} cannot read anybody: its model was deleted.':
    'Fassung {0} kann niemanden lesen: Ihr Modell wurde gelöscht.',
  'Version {0} cannot read anybody: it was not kept.': 'Fassung {0} kann niemanden lesen: Sie wurde nicht behalten.',
  'Choose a version that was kept.': 'Eine behaltene Fassung wählen.',
  'Version {0} is still being made.': 'Fassung {0} entsteht noch.',
  'Version {0} of {1} has no model.': 'Fassung {0} für {1} hat kein Modell.',
  'Choose a version that was kept, or a candidate.': 'Eine behaltene Fassung oder einen Kandidaten wählen.',
  "{0} is a writer's version.": '{0} ist die Fassung eines Schreibers.',
  'Restore a version to let it read its writer; choose a general model otherwise.':
    'Eine Fassung wiederherstellen, damit sie ihren Schreiber liest; sonst ein allgemeines Modell wählen.',
  'Cancel it, then delete the writer.': 'Abbrechen, dann den Schreiber löschen.',
  'There is no model to adapt.': 'Es gibt kein Modell zum Anpassen.',
  'Train one, or add the base model.': 'Eines trainieren oder das Grundmodell hinzufügen.',
  'The run of version {0} was deleted.': 'Der Lauf von Fassung {0} wurde gelöscht.',
  'Adapt again.': 'Neu anpassen.',
  'Version {0} is no candidate: it is {1}.': 'Fassung {0} ist kein Kandidat ({1}).',
  'Version {0}, adapted to {1}.': 'Fassung {0}, an {1} angepasst.',
  'Chosen for {0}.': 'Für {0} gewählt.',
  'Chosen for everybody.': 'Für alle gewählt.',
  'The base model: no other was chosen.': 'Das Grundmodell: Kein anderes wurde gewählt.',
  'The newest model that fits: none was chosen.': 'Das neueste passende Modell: Keines wurde gewählt.',
  'No model fits: train one, or add the base model.':
    'Kein Modell passt: eines trainieren oder das Grundmodell hinzufügen.',
  'There is no word of {0} that neither model learned from.':
    'Von {0} gibt es kein Wort, aus dem keines der beiden Modelle gelernt hat.',
  'Record or correct some more words, then compare.': 'Weitere Wörter aufnehmen oder verbessern, dann vergleichen.',
  'There is already a file {0} in {1}.': 'In {1} gibt es schon eine Datei {0}.',
  'Choose another folder, or move the file away.': 'Einen anderen Ordner wählen oder die Datei wegräumen.',
  'Choose another folder, or give yourself write access to it.':
    'Einen anderen Ordner wählen oder sich Schreibrecht darauf geben.',
  'Record an enrolment of 20 words, or correct some words while reading live.':
    '20 Wörter zum Einlernen aufnehmen oder beim Erkennen einige Wörter verbessern.',
  'There {0} of {1} to adapt with; at least {2} are needed{3}.':
    'Zum Anpassen reicht es nicht ({0}, {1}); mindestens {2} sind nötig{3}.',
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

  'its model was deleted': 'sein Modell wurde gelöscht',
  'it was not kept': 'sie wurde nicht behalten',
}
