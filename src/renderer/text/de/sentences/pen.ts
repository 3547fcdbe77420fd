import type { Sentences } from '../../sentences.ts'

export const pen: Sentences = {
  'session {0}': 'Sitzung {0}',
  'There is no device {0}.': 'Es gibt kein Gerät {0}.',
  'There is no device profile "{0}".': 'Es gibt kein Geräteprofil „{0}“.',
  'It has {0}.': 'Vorhanden: {0}.',
  'HID pen': 'HID-Stift',
  'Add the udev rule KERNEL=="hidraw*", SUBSYSTEM=="hidraw", TAG+="uaccess" in /etc/udev/rules.d/70-pens.rules, run sudo udevadm control --reload, and plug the pen in again. If another program has it open, close that.':
    'Die udev-Regel KERNEL=="hidraw*", SUBSYSTEM=="hidraw", TAG+="uaccess" in /etc/udev/rules.d/70-pens.rules ' +
    'eintragen, sudo udevadm control --reload ausführen und den Stift neu anstecken. Hat ein anderes Programm ' +
    'ihn offen, dieses schließen.',
  'Serial port': 'Serielle Schnittstelle',
  'Replay of {0}': 'Wiedergabe von {0}',
  '{0} holds more than can be played at a time.': '{0} enthält mehr, als sich auf einmal abspielen lässt.',
  'Play a part of it.': 'Einen Teil davon abspielen.',
  '{0} is being recorded with.': 'Mit {0} wird gerade aufgenommen.',
  'Lay the pen still on six different sides: tip up, tip down, and four times level, a quarter turned each time.':
    'Den Stift auf sechs verschiedenen Seiten stillhalten: Spitze oben, Spitze unten und viermal waagerecht, ' +
    'jeweils um ein Viertel gedreht.',
  'Turn the pen slowly about every axis, away from iron, until the bar is full.':
    'Den Stift fern von Eisen langsam um jede Achse drehen, bis der Balken voll ist.',

  'There is no word to write: the text is empty.': 'Es gibt kein Wort zu schreiben: Der Text ist leer.',
  'Give a word of at least one letter.': 'Ein Wort aus mindestens einem Buchstaben angeben.',
  'The word “{0}…” has {1} letters; the virtual pen writes words of up to {2}.':
    'Das Wort „{0}…“ hat {1} Buchstaben; der virtuelle Stift schreibt Wörter bis {2}.',
  'Split it into shorter words.': 'In kürzere Wörter teilen.',
  'The virtual pen has no shape for “{0}” (U+{1}) in “{2}”.':
    'Der virtuelle Stift hat keine Form für „{0}“ (U+{1}) in „{2}“.',
  'It can write {0}.': 'Er kann {0} schreiben.',
  'There is no text to write.': 'Es gibt keinen Text zu schreiben.',
  'A loss of {0} makes no sense.': 'Ein Verlust von {0} ergibt keinen Sinn.',
  'Give a share from 0 to below 1.': 'Einen Anteil von 0 bis unter 1 angeben.',
  'Give at least one word.': 'Mindestens ein Wort angeben.',
  '{0} is not a seed.': '{0} ist kein Startwert.',
  'A seed is a whole number from 0 to 2147483647.': 'Ein Startwert ist eine ganze Zahl von 0 bis 2147483647.',
  'Virtual pen of {0}': 'Virtueller Stift von {0}',
}
