import type { Sentences } from '../../sentences.ts'

export const record: Sentences = {
  '500 German and English words that cover A-Z a-z ÄÖÜäöüß':
    '500 deutsche und englische Wörter mit allen Buchstaben A-Z a-z ÄÖÜäöüß',
  '24 short words to begin with': '24 kurze Wörter für den Anfang',
  '40 short equations of digits and + - · : =': '40 kurze Gleichungen aus Ziffern und + - · : =',
  'There is no word to write again yet.': 'Noch gibt es kein Wort zu wiederholen.',
  'Where the word is written, end it; where nobody writes, stop the session.':
    'Ist das Wort geschrieben, es beenden; schreibt niemand, die Sitzung beenden.',
  'There is nothing to write: the list of prompts is empty.':
    'Es gibt nichts zu schreiben: Die Liste der Vorgaben ist leer.',
  'Stop that session, here or in the other window, then start this one.':
    'Jene Sitzung beenden, hier oder im anderen Fenster, dann diese beginnen.',
  'No model checks the words of this session: {0}': 'In dieser Sitzung prüft kein Modell die Wörter: {0}',
}
