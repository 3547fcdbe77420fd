import type { Sentences } from '../../sentences.ts'

export const recognise: Sentences = {
  'Nothing is being read.': 'Es wird nichts gelesen.',
  'Model {0} has no card.': 'Modell {0} hat keine Karte.',
  'Delete it and train again.': 'Löschen und neu trainieren.',
  '{0} has {1} MB; at most {2} MB are read.': '{0} hat {1} MB; gelesen werden höchstens {2} MB.',
  'Take a part of it.': 'Einen Teil davon nehmen.',
  'Line {0} of {1} holds more than one word.': 'Zeile {0} von {1} enthält mehr als ein Wort.',
  '{0} holds more than {1} words.': '{0} enthält mehr als {1} Wörter.',
  '{0} holds no word.': '{0} enthält kein Wort.',
  '{0} is not a text in UTF-8.': '{0} ist kein Text in UTF-8.',
  '{0} is not in UTF-8. Read as Windows-1252 it says {1}.':
    '{0} ist nicht in UTF-8. Als Windows-1252 gelesen steht darin {1}.',
  'Where that is right, have it read as Windows-1252 (--encoding windows-1252); else save it as UTF-8.':
    'Wenn das stimmt, als Windows-1252 lesen lassen (--encoding windows-1252); sonst als UTF-8 speichern.',
  'Save it as plain text in UTF-8 and choose it again.': 'Als reinen Text in UTF-8 speichern und neu wählen.',
  'There is nothing to take back.': 'Es gibt nichts zurückzunehmen.',
  'There is nothing to take again.': 'Es gibt nichts zu wiederholen.',
}
