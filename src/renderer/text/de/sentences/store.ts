import type { Sentences } from '../../sentences.ts'

export const store: Sentences = {
  'Kalamos stores samples little-endian and runs on little-endian machines only.':
    'Kalamos speichert Messwerte im Little-Endian-Format und läuft nur auf solchen Rechnern.',
  'The samples of {0} are damaged.': 'Die Messwerte von {0} sind beschädigt.',
  'recording {0}': 'Aufnahme {0}',
  'Delete that recording, or restore the database from a backup.':
    'Die Aufnahme löschen oder die Datenbank aus einer Sicherung wiederherstellen.',
  'Deletion of recording {0}': 'Löschen der Aufnahme {0}',
  'Deletion of {0} recordings': 'Löschen von {0} Aufnahmen',
  'Label of recording {0} from {1} to {2}': 'Label der Aufnahme {0} von {1} zu {2}',
  'There is no recording {0}.': 'Es gibt keine Aufnahme {0}.',
  'Recording {0} is still being written.': 'Aufnahme {0} wird noch geschrieben.',
  'Finish the word or stop the session first.': 'Erst das Wort oder die Sitzung beenden.',
  'Another program reads the database: until it ends, the log beside the file still holds deleted samples. Delete any other writer, or start Kalamos again, to empty it.':
    'Ein anderes Programm liest die Datenbank: Bis es endet, enthält das Protokoll neben der Datei noch ' +
    'gelöschte Messwerte. Einen weiteren Schreiber löschen oder Kalamos neu starten leert es.',
  'The file could not be written anew, so older copies of deleted samples may be left in its unused parts. {0} {1}':
    'Die Datei ließ sich nicht neu schreiben; in ihren unbenutzten Teilen können ältere Kopien gelöschter ' +
    'Messwerte stehen. {0} {1}',
  '{0} cannot be a label: {1}.': '{0} kann kein Label sein: {1}.',
  'Give a label of at most 200 characters on one line.': 'Ein Label von höchstens 200 Zeichen in einer Zeile angeben.',
  'There is no model {0}.': 'Es gibt kein Modell {0}.',
  'Recording {0} is full.': 'Aufnahme {0} ist voll.',
  'End it and begin another one; what was recorded is kept.':
    'Sie beenden und eine andere beginnen; was aufgenommen wurde, bleibt.',
  '{0} frames of {1} channels are too long for one recording.':
    '{0} Frames mit {1} Kanälen sind zu lang für eine Aufnahme.',
  'Cut them into several recordings.': 'In mehrere Aufnahmen teilen.',
  'These recordings were being made when Kalamos ended, and cannot be read: {0}. They are set aside, and left out of training and export.':
    'Diese Aufnahmen liefen, als Kalamos endete, und lassen sich nicht lesen: {0}. Sie sind beiseitegelegt und ' +
    'von Training und Export ausgenommen.',
  'Look at them on the Recordings page; "doctor --check" looks for others.':
    'Sie auf der Seite „Aufnahmen“ ansehen; „doctor --check“ sucht nach weiteren.',
  'its samples are damaged': 'die Messwerte sind beschädigt',
  'Recording {0} is closed.': 'Aufnahme {0} ist geschlossen.',
  'Recording {0} is closed already.': 'Aufnahme {0} ist schon geschlossen.',
  'Recording {0} has the channels {1}; frames with {2} do not belong to it.':
    'Aufnahme {0} hat die Kanäle {1}; Frames mit {2} gehören nicht dazu.',
  '{0} is no rate of a pen.': '{0} ist keine Rate eines Stifts.',
  'A pen takes {0} to {1} frames a second.': 'Ein Stift nimmt {0} bis {1} Frames je Sekunde auf.',
  'End the recording and begin another one for the new channels.':
    'Die Aufnahme beenden und für die neuen Kanäle eine andere beginnen.',
  'Recording {0} has no samples.': 'Aufnahme {0} hat keine Messwerte.',
  'Check that the pen streams, then write again.': 'Prüfen, ob der Stift sendet, dann neu schreiben.',
  'Free some space on that disk and try again; everything saved before is there.':
    'Platz auf dieser Festplatte schaffen und erneut versuchen; alles zuvor Gespeicherte ist da.',
  'Reading or writing {0} failed: {1}.': 'Lesen oder Schreiben von {0} ist fehlgeschlagen: {1}.',
  'Check the disk and its connection, then start again.': 'Festplatte und Anschluss prüfen, dann neu starten.',
  '{0} is being written by another program, perhaps by another Kalamos.':
    'Ein anderes Programm schreibt in {0}, vielleicht ein anderes Kalamos.',
  '{0} is being written by another Kalamos, process {1}.': 'Ein anderes Kalamos, Prozess {1}, schreibt in {0}.',
  'Close that one, or end process {0} where it no longer answers; or choose another database with --database <file>.':
    'Das andere schließen, oder Prozess {0} beenden, falls es nicht mehr antwortet; oder mit --database <Datei> ' +
    'eine andere Datenbank wählen.',
  'Close the other one, or choose another database with --database <file>.':
    'Das andere schließen oder mit --database <Datei> eine andere Datenbank wählen.',
  '{0} is the same file as {1}, and what was written last lies beside that name.':
    '{0} ist dieselbe Datei wie {1}, und das zuletzt Geschriebene liegt bei jenem Namen.',
  'Open it once as {0}; after that either name will do.':
    'Sie einmal als {0} öffnen; danach geht jeder der beiden Namen.',
  '{0} is not a sound database: {1}. It was left as it is.':
    '{0} ist keine heile Datenbank: {1}. Sie blieb, wie sie ist.',
  'Restore it from a backup, or choose another database with --database <file>.':
    'Aus einer Sicherung wiederherstellen oder mit --database <Datei> eine andere Datenbank wählen.',
  '{0} cannot be opened for writing.': '{0} lässt sich nicht zum Schreiben öffnen.',
  'Give yourself write access to {0}, or choose another database with --database <file>.':
    'Sich Schreibrecht auf {0} geben oder mit --database <Datei> eine andere Datenbank wählen.',
  '{0} was written by a newer Kalamos (schema {1}, this one knows up to {2}). It was left untouched.':
    '{0} stammt von einem neueren Kalamos (Schema {1}, dieses kennt bis {2}). Die Datei blieb unberührt.',
  '{0} was made by a development state of Kalamos, from before its first release (schema {1}). It was left untouched.':
    '{0} stammt von einem Entwicklungsstand von Kalamos aus der Zeit vor der ersten Veröffentlichung (Schema ' +
    '{1}). Die Datei blieb unberührt.',
  'Export its recordings with that state and import them here, or choose another database with --database <file>.':
    'Ihre Aufnahmen mit jenem Stand exportieren und hier importieren oder mit --database <Datei> eine andere ' +
    'Datenbank wählen.',
  'Update Kalamos, or choose another database with --database <file>.':
    'Kalamos aktualisieren oder mit --database <Datei> eine andere Datenbank wählen.',
  'A recording without samples cannot be stored.': 'Eine Aufnahme ohne Messwerte lässt sich nicht speichern.',
  'Leave it out.': 'Sie auslassen.',
  'There is no session {0}.': 'Es gibt keine Sitzung {0}.',
  'There is no training run {0}.': 'Es gibt keinen Trainingslauf {0}.',
  'Session {0} was not recorded by prompts.': 'Sitzung {0} wurde nicht nach Vorgaben aufgenommen.',
  'There is no database {0}.': 'Es gibt keine Datenbank {0}.',
  'Check the path, or open it for writing once.': 'Den Pfad prüfen oder sie einmal zum Schreiben öffnen.',
  '{0} is of an older Kalamos (schema {1}).': '{0} stammt von einem älteren Kalamos (Schema {1}).',
  'Open it once for writing: that brings it up to date.':
    'Einmal zum Schreiben öffnen: Das bringt sie auf den neuen Stand.',
  'There is no writer {0}.': 'Es gibt keinen Schreiber {0}.',
  'Choose a writer from the list, or create one.': 'Einen Schreiber aus der Liste wählen oder einen anlegen.',
  'A session of {0} is running.': 'Eine Sitzung von {0} läuft.',
  'Stop the session, then delete the writer.': 'Die Sitzung beenden, dann den Schreiber löschen.',
  'There is already a writer called {0}.': 'Einen Schreiber namens {0} gibt es schon.',
  'Choose another name.': 'Einen anderen Namen wählen.',
  '“{0}” is no place in a list.': '„{0}“ ist keine Stelle in einer Liste.',
  'Take the cursor that a page told, with the same filter and sort.':
    'Den Zeiger nehmen, den eine Seite nannte, mit demselben Filter und derselben Ordnung.',
  'The reason is empty.': 'Der Grund ist leer.',
  'Say why the recordings are left out: others will read it.':
    'Angeben, warum die Aufnahmen ausgeschlossen sind: Andere werden es lesen.',
  'Nothing of recording {0} would be left between frame {1} and frame {2}.':
    'Von Aufnahme {0} bliebe zwischen Frame {1} und Frame {2} nichts übrig.',
  'Choose an end behind the beginning, or delete the recording.':
    'Ein Ende hinter dem Anfang wählen oder die Aufnahme löschen.',
  'Recording {0} has no more than these {1} frames: there is nothing to cut off.':
    'Aufnahme {0} hat nur diese {1} Frames: Es gibt nichts abzuschneiden.',
  'Move the beginning or the end.': 'Anfang oder Ende verschieben.',
  'Recording {0} cannot be split at frame {1}: one part would be empty.':
    'Aufnahme {0} lässt sich bei Frame {1} nicht teilen: Ein Teil wäre leer.',
  'Choose a frame from 1 to {0}.': 'Ein Frame von 1 bis {0} wählen.',
  'Recordings {0} and {1} cannot be merged: {2}.': 'Die Aufnahmen {0} und {1} lassen sich nicht verbinden: {2}.',
  'Merge two recordings that follow each other in one session.':
    'Zwei Aufnahmen verbinden, die in einer Sitzung aufeinander folgen.',
  'Only recordings of one rate make one recording.': 'Nur Aufnahmen mit derselben Rate ergeben eine Aufnahme.',
  'Only recordings with the same channels make one recording.':
    'Nur Aufnahmen mit denselben Kanälen ergeben eine Aufnahme.',
  'Recordings {0} and {1} cannot be merged: they are {2} s apart.':
    'Die Aufnahmen {0} und {1} lassen sich nicht verbinden: Sie liegen {2} s auseinander.',
  'Merge recordings that are at most {0} s apart.': 'Aufnahmen verbinden, die höchstens {0} s auseinander liegen.',
  'Frame {0} is not in recording {1}, which has {2} frames.':
    'Frame {0} ist nicht in Aufnahme {1}; sie hat {2} Frames.',
  'Choose a frame from 0 to {0}.': 'Ein Frame von 0 bis {0} wählen.',
  'Restore it from a backup; without it, people would move between folds, and some who must not be trained on would be.':
    'Aus einer Sicherung wiederherstellen; ohne sie wanderten Personen zwischen Folds, und mit manchen würde ' +
    'trainiert, mit denen es nicht sein darf.',
  'Choose a model in the filter, then sort by confidence.': 'Im Filter ein Modell wählen, dann nach Konfidenz ordnen.',
  'Samples of recording {0} are missing.': 'Messwerte der Aufnahme {0} fehlen.',
  'Restore the database from a backup.': 'Die Datenbank aus einer Sicherung wiederherstellen.',
  'Exclusion of {0}: {1}': 'Ausschluss von {0}: {1}',
  'Inclusion of {0}': 'Wiedereinschluss von {0}',
  'Tag of {0} taken away': 'Markierung von {0} entfernt',
  'Tag of {0}: {1}': 'Markierung von {0}: {1}',
  'Label of {0} to {1}': 'Label von {0} zu {1}',
  '{0} recordings': '{0} Aufnahmen',
  'Trimming of recording {0} from {1} to {2} frames': 'Kürzen der Aufnahme {0} von {1} auf {2} Frames',
  'Split of recording {0} at frame {1}': 'Teilen der Aufnahme {0} bei Frame {1}',
  'Merging of recordings {0} and {1}': 'Verbinden der Aufnahmen {0} und {1}',
  'they are one and the same': 'es ist ein und dieselbe',
  'two writers wrote them': 'zwei Schreiber haben sie geschrieben',
  'they are of two sessions': 'sie stammen aus zwei Sitzungen',
  'one has {0} frames a second, the other {1}': 'eine hat {0} Frames je Sekunde, die andere {1}',
  'their channels differ': 'ihre Kanäle sind verschieden',
  'recording {0} lies between them': 'Aufnahme {0} liegt dazwischen',

  'Confidence of which model?': 'Die Konfidenz welches Modells?',

  'it is not an SQLite file': 'es ist keine SQLite-Datei',
  'it belongs to another program': 'sie gehört einem anderen Programm',
  'step {0} of the schema leaves {1} broken references': 'Schritt {0} des Schemas hinterlässt {1} zerrissene Verweise',
}
