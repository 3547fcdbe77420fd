import type { general as english } from '../../../../shared/messages/en/general.ts'
import type { Translation } from '../../../../shared/messages/render.ts'

/** What several parts of the host say: about input that does not fit, files, disks, and the connection. */
export const general: Translation<typeof english> = {
  'general.already': '{path} gibt es schon.',
  'general.both': '{first} {second}',
  'general.cannot-read': '{path} lässt sich nicht lesen.',
  'general.cannot-written': '{path} lässt sich nicht schreiben.',
  'general.cannot-written-2': '{path} lässt sich nicht schreiben ({code}).',
  'general.choose-another': 'Eine andere wählen.',
  'general.connection-broke-file': 'Die Verbindung zu Kalamos brach ab, während eine Datei unterwegs war.',
  'general.connection-broke-request': 'Die Verbindung zu Kalamos brach ab, bevor „{request}“ beantwortet war.',
  'general.disk-full-not-written': 'Die Festplatte ist voll: {place} wurde nicht geschrieben.',
  'general.empty': '{path} ist leer.',
  'general.free-some-space-name': 'Platz schaffen oder einen Ort auf einer anderen Festplatte nennen.',
  'general.maybe-done': 'Vielleicht wurde es ausgeführt: vor einem neuen Versuch nachsehen.',
  'general.name-folder-not-yet': 'Einen Ordner nennen, den es noch nicht gibt.',
  'general.name-place-you-write': 'Einen Ort mit Schreibrecht nennen.',
  'general.no-answer-not-done': 'Kalamos antwortet nicht, deshalb ist das nicht geschehen.',
  'general.stop-first': 'Erst beenden.',
  'general.there-are': 'Es gibt {wordLists}.',
  'general.try-when-connected': 'Noch einmal versuchen, wenn die Verbindung wieder da ist.',
  'general.write-prompt-line': 'Eine Vorgabe je Zeile schreiben.',
  'general.write-word-line': 'Ein Wort je Zeile schreiben.',
}
