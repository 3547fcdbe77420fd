import type { recognise as english } from '../../../../shared/messages/en/recognise.ts'
import type { Translation } from '../../../../shared/messages/render.ts'

/** What is said of reading. */
export const recognise: Translation<typeof english> = {
  'recognise.cannot-read': '{name} kann {name2} nicht lesen. {reason}',
  'recognise.check-path-text-file':
    'Den Pfad prüfen; es muss eine Textdatei auf dem Rechner sein, auf dem Kalamos läuft.',
  'recognise.choose-another-model-another': 'Ein anderes Modell oder einen anderen Stift wählen.',
  'recognise.choose-file-text': 'Eine Datei mit Text wählen.',
  'recognise.choose-model-pen-start': 'Modell und Stift wählen und starten.',
  'recognise.choose-text-language-written': 'Einen Text in der geschriebenen Sprache wählen.',
  'recognise.choose-word-shown': 'Ein angezeigtes Wort wählen.',
  'recognise.delete-train-again': 'Löschen und neu trainieren.',
  'recognise.holds-more-words': '{file} enthält mehr als {mostWords:grouped} Wörter.',
  'recognise.holds-no-word': '{file} enthält kein Wort.',
  'recognise.judging-cancelled-after-recordings':
    'Das Beurteilen wurde nach {done} von {ids} Aufnahmen abgebrochen; Beurteiltes bleibt.',
  'recognise.keep-you-write-longer':
    'Nur die geschriebenen behalten; eine längere Liste macht das Lesen langsamer, nicht besser.',
  'recognise.line-holds-more-word': 'Zeile {index} von {file} enthält mehr als ein Wort.',
  'recognise.line-longer-letters': 'Zeile {index} von {file} ist länger als {longestWord} Buchstaben.',
  'recognise.look-latest-words': 'Eines der letzten Wörter ansehen.',
  'recognise.model-learned-least-frames':
    'Das Modell lernte aus mindestens {least} Frames je Sekunde; dieser Stift sendet {rateHz}.',
  'recognise.model-needs-pen-not': 'Das Modell braucht {missing}; das hat dieser Stift nicht.',
  'recognise.model-no-card': 'Modell {modelId} hat keine Karte.',
  'recognise.model-reading-recordings-already': 'Ein Modell liest schon Aufnahmen.',
  'recognise.more-words': 'Das sind mehr als {mostWords:grouped} Wörter.',
  'recognise.no-model-read': 'Kein Modell kann {name} lesen.',
  'recognise.nothing-being-read': 'Es wird nichts gelesen.',
  'recognise.nothing-take-again': 'Es gibt nichts zu wiederholen.',
  'recognise.nothing-take-back': 'Es gibt nichts zurückzunehmen.',
  'recognise.open-devices-page': 'Auf der Seite „Geräte“ öffnen.',
  'recognise.open-devices-page-calibrate': 'Auf der Seite „Geräte“ öffnen, dann kalibrieren.',
  'recognise.open-pen-first-channels': 'Erst den Stift öffnen: Seine Kanäle sind noch nicht bekannt.',
  'recognise.pause-between-words-raise': 'Zwischen Wörtern innehalten oder die Schwelle im Profil anheben.',
  'recognise.pen-sends-nothing': 'Der Stift sendet nichts.',
  'recognise.pen-writing-s-without': 'Der Stift schreibt seit {longestMs} s ohne Pause; das wurde nicht gelesen.',
  'recognise.plug-switch-reading-goes': 'Anstecken oder einschalten: Das Lesen geht von selbst weiter.',
  'recognise.reading-cancelled-after-recordings':
    'Das Lesen wurde nach {done} von {ids} Aufnahmen abgebrochen; Gelesenes bleibt.',
  'recognise.recordings-being-judged-already': 'Aufnahmen werden schon beurteilt.',
  'recognise.sends-nothing': '{name} sendet nichts.',
  'recognise.signal-word-not-held': 'Das Signal von Wort {index} wird nicht mehr vorgehalten.',
  'recognise.word-not-read': 'Ein Wort ließ sich nicht lesen: {message}',
  'recognise.word-not-text-any': 'Wort {index} steht nicht mehr im Text.',
  'recognise.write-again': 'Es noch einmal schreiben.',
  'recognise.write-word-line-running':
    'Ein Wort je Zeile schreiben; ein fortlaufender Text kann dafür das Sprachmodell lehren.',
}
