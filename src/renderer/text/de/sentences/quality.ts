import type { Sentences } from '../../sentences.ts'

export const quality: Sentences = {
  '{0} of it repeats the word before.': '{0} davon wiederholen das Wort davor.',
  'The model reads “{0}” instead of “{1}” (doubt: {2}).': 'Das Modell liest „{0}“ statt „{1}“ (Zweifel: {2}).',
  '{0} ms a letter is very short for “{1}”.': '{0} ms je Buchstabe sind sehr kurz für „{1}“.',
  '{0} s a letter is very long for “{1}”.': '{0} s je Buchstabe sind sehr lang für „{1}“.',
  '{0} is at the end of its range ({1} of the frames clip).':
    '{0} ist am Ende seines Bereichs ({1} der Frames sind übersteuert).',
  '{0} of {1} frames are lost ({2}).': '{0} von {1} Frames sind verloren ({2}).',
  'There is a gap of {0} ms.': 'Eine Lücke von {0} ms.',
  'Frames come at {0} Hz instead of {1} Hz.': 'Die Frames kommen mit {0} Hz statt {1} Hz.',
  'The time between frames varies by {0} ms around {1} ms.': 'Die Zeit zwischen Frames schwankt um {0} ms bei {1} ms.',
  "The pen's clock was out of line at {0} of {1} frames; the times of their neighbours are used.":
    'Die Uhr des Stifts sprang bei {0} von {1} Frames; dort gelten die Zeiten der Nachbarn.',
  'The tip force never changes: its sensor is dead or not connected.':
    'Die Spitzenkraft ändert sich nie: Der Sensor ist tot oder nicht angeschlossen.',
  'The tip never touches the paper: the force stays below {0}.':
    'Die Spitze berührt nie das Papier: Die Kraft bleibt unter {0}.',
  'The tip is down for only {0} of the time.': 'Die Spitze ist nur {0} der Zeit auf dem Papier.',
  'The pen is {0} at the {1}: the word is cut.': 'Das Wort ist abgeschnitten ({0}, {1}).',
  'The pen is on the paper at the beginning: the word is cut.':
    'Der Stift ist am Anfang auf dem Papier: Das Wort ist abgeschnitten.',
  'The pen is on the paper at the end: the word is cut.':
    'Der Stift ist am Ende auf dem Papier: Das Wort ist abgeschnitten.',
  'The pen is on the paper at the beginning and the end: the word is cut.':
    'Der Stift ist am Anfang und am Ende auf dem Papier: Das Wort ist abgeschnitten.',
  'The pen is in motion at the beginning: the word is cut.':
    'Der Stift ist am Anfang in Bewegung: Das Wort ist abgeschnitten.',
  'The pen is in motion at the end: the word is cut.': 'Der Stift ist am Ende in Bewegung: Das Wort ist abgeschnitten.',
  'The pen is in motion at the beginning and the end: the word is cut.':
    'Der Stift ist am Anfang und am Ende in Bewegung: Das Wort ist abgeschnitten.',
}
