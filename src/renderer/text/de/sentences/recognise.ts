import type { Sentences } from '../../sentences.ts'

export const recognise: Sentences = {
  'Open it on the Devices page, then calibrate.': 'Auf der Seite „Geräte“ öffnen, dann kalibrieren.',
  'The model needs {0}, which this pen does not have.': 'Das Modell braucht {0}; das hat dieser Stift nicht.',
  'The model learned from at least {0} frames a second; this pen sends {1}.':
    'Das Modell lernte aus mindestens {0} Frames je Sekunde; dieser Stift sendet {1}.',
  'Open it on the Devices page.': 'Auf der Seite „Geräte“ öffnen.',
  '{0} cannot read {1}. {2}': '{0} kann {1} nicht lesen. {2}',
  'Choose another model or another pen.': 'Ein anderes Modell oder einen anderen Stift wählen.',
  'Nothing is being read.': 'Es wird nichts gelesen.',
  'Choose a model and a pen, and start.': 'Modell und Stift wählen und starten.',
  'Open the pen first: its channels are not known yet.': 'Erst den Stift öffnen: Seine Kanäle sind noch nicht bekannt.',
  'Model {0} has no card.': 'Modell {0} hat keine Karte.',
  'Delete it and train again.': 'Löschen und neu trainieren.',
  '{0} sends nothing.': '{0} sendet nichts.',
  'The pen sends nothing.': 'Der Stift sendet nichts.',
  'Plug it in or switch it on: reading goes on by itself.':
    'Anstecken oder einschalten: Das Lesen geht von selbst weiter.',
  'A word could not be read: {0}': 'Ein Wort ließ sich nicht lesen: {0}',
  'Write it again.': 'Es noch einmal schreiben.',
  'The pen has been writing for {0} s without a pause; this was not read.':
    'Der Stift schreibt seit {0} s ohne Pause; das wurde nicht gelesen.',
  'Pause between words, or raise the threshold of the profile.':
    'Zwischen Wörtern innehalten oder die Schwelle im Profil anheben.',
  '{0} has {1} MB; at most {2} MB are read.': '{0} hat {1} MB; gelesen werden höchstens {2} MB.',
  'Take a part of it.': 'Einen Teil davon nehmen.',
  'Check the path; it must be a text file on the machine that Kalamos runs on.':
    'Den Pfad prüfen; es muss eine Textdatei auf dem Rechner sein, auf dem Kalamos läuft.',
  'Choose a file with text in it.': 'Eine Datei mit Text wählen.',
  'Line {0} of {1} holds more than one word.': 'Zeile {0} von {1} enthält mehr als ein Wort.',
  'Write one word a line; a running text can teach the language model instead.':
    'Ein Wort je Zeile schreiben; ein fortlaufender Text kann dafür das Sprachmodell lehren.',
  'Line {0} of {1} is longer than {2} letters.': 'Zeile {0} von {1} ist länger als {2} Buchstaben.',
  '{0} holds more than {1} words.': '{0} enthält mehr als {1} Wörter.',
  'Keep those that you write; a longer list makes reading slower and not better.':
    'Nur die geschriebenen behalten; eine längere Liste macht das Lesen langsamer, nicht besser.',
  '{0} holds no word.': '{0} enthält kein Wort.',
  '{0} is not a text in UTF-8.': '{0} ist kein Text in UTF-8.',
  '{0} is not in UTF-8. Read as Windows-1252 it says {1}.':
    '{0} ist nicht in UTF-8. Als Windows-1252 gelesen steht darin {1}.',
  'Where that is right, have it read as Windows-1252 (--encoding windows-1252); else save it as UTF-8.':
    'Wenn das stimmt, als Windows-1252 lesen lassen (--encoding windows-1252); sonst als UTF-8 speichern.',
  'Save it as plain text in UTF-8 and choose it again.': 'Als reinen Text in UTF-8 speichern und neu wählen.',
  'Choose a text in the language that is written.': 'Einen Text in der geschriebenen Sprache wählen.',
  'Word {0} is not in the text any more.': 'Wort {0} steht nicht mehr im Text.',
  'Choose a word that is shown.': 'Ein angezeigtes Wort wählen.',
  'The signal of word {0} is not held any more.': 'Das Signal von Wort {0} wird nicht mehr vorgehalten.',
  'Look at one of the latest words.': 'Eines der letzten Wörter ansehen.',
  'There is nothing to take back.': 'Es gibt nichts zurückzunehmen.',
  'There is nothing to take again.': 'Es gibt nichts zu wiederholen.',
  'These are more than {0} words.': 'Das sind mehr als {0} Wörter.',
  'No model can read {0}.': 'Kein Modell kann {0} lesen.',
  'Recordings are being judged already.': 'Aufnahmen werden schon beurteilt.',
  'Judging was cancelled after {0} of {1} recordings; what was judged stays.':
    'Das Beurteilen wurde nach {0} von {1} Aufnahmen abgebrochen; Beurteiltes bleibt.',
  'A model is reading recordings already.': 'Ein Modell liest schon Aufnahmen.',
  'Reading was cancelled after {0} of {1} recordings; what was read is kept.':
    'Das Lesen wurde nach {0} von {1} Aufnahmen abgebrochen; Gelesenes bleibt.',
}
