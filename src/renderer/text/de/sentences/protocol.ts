import type { Sentences } from '../../sentences.ts'

export const protocol: Sentences = {
  'There is no protocol {0}{1}.': 'Es gibt kein Protokoll {0}{1}.',
  'There is no protocol {0}, version {1}.': 'Es gibt kein Protokoll {0} in Fassung {1}.',
  'There is no protocol {0}.': 'Es gibt kein Protokoll {0}.',
  'The protocol {0} cannot be read.': 'Das Protokoll {0} lässt sich nicht lesen.',
  'Name a YAML file.': 'Eine YAML-Datei nennen.',
  '“{0}” comes with the app.': '„{0}“ ist mitgeliefert.',
  'It costs nothing to leave it in the list.': 'Es kostet nichts, es in der Liste zu lassen.',
  'The version before': 'Die Fassung davor',
  'The protocol': 'Das Protokoll',
  '{0}: {1}.': '{0}: {1}.',
  'line {0}: {1}': 'Zeile {0}: {1}',
  'Correct these lines; nothing was saved.': 'Diese Zeilen berichtigen; nichts wurde gespeichert.',
  'this has {0} characters; a protocol has {1} at most': 'das hat {0} Zeichen; ein Protokoll hat höchstens {1}',
  'this is nested too deep': 'das ist zu tief verschachtelt',
  'this is not YAML: {0}': 'das ist kein YAML: {0}',
  'this cannot be read: {0}': 'das lässt sich nicht lesen: {0}',
  'unknown key “{0}”{1}{2}': 'unbekannter Schlüssel „{0}“{1}{2}',
  'unknown key “{0}” in {1}: did you mean “{2}”?': 'unbekannter Schlüssel „{0}“ in {1}: war „{2}“ gemeint?',
  'unknown key “{0}” in {1}: there are {2}': 'unbekannter Schlüssel „{0}“ in {1}: es gibt {2}',
  'unknown key “{0}” in {1}': 'unbekannter Schlüssel „{0}“ in {1}',
  'unknown key “{0}”: did you mean “{1}”?': 'unbekannter Schlüssel „{0}“: war „{1}“ gemeint?',
  'unknown key “{0}”: there are {1}': 'unbekannter Schlüssel „{0}“: es gibt {1}',
  '“{0}” is missing{1}': '„{0}“ fehlt{1}',
  '“{0}” is missing in {1}': '„{0}“ fehlt in {1}',
  '“{0}” is missing': '„{0}“ fehlt',
  'must be {0}, not {1}': 'muss {0} sein, nicht {1}',
  'is missing': 'fehlt',
  'must be a whole number': 'muss eine ganze Zahl sein',
  'must be at least {0}': 'muss mindestens {0} sein',
  'must be at most {0}': 'darf höchstens {0} sein',
  'must be a finite number': 'muss eine endliche Zahl sein',
  'must have at least {0} characters': 'muss mindestens {0} Zeichen haben',
  'must have at least {0} values': 'muss mindestens {0} Werte haben',
  'must have at most {0} values': 'darf höchstens {0} Werte haben',
  'must have at most {0} characters': 'darf höchstens {0} Zeichen haben',
  '“redo” ({0}) must be the worse figure, beyond “look” ({1})':
    '„redo“ ({0}) muss der schlechtere Wert sein, jenseits von „look“ ({1})',
  'there is no list “{0}”: there are {1}': 'eine Liste „{0}“ gibt es nicht: es gibt {1}',
  'a file is read only when the protocol is imported from a file beside it':
    'eine Datei wird nur gelesen, wenn das Protokoll aus einer Datei neben ihr importiert wird',
  '“{0}” belongs to “{1}”': '„{0}“ gehört zu „{1}“',
  '“{0}” belonged to “{1}”, which was removed and can be restored':
    '„{0}“ gehörte zu „{1}“; das wurde entfernt und lässt sich wiederherstellen',
  'The id {0}.': 'Die Kennung {0}.',
  'Give this one another id, or make it the next version of that one.':
    'Diesem eine andere Kennung geben, oder es zur nächsten Fassung von jenem machen.',
  'must hold a prompt': 'braucht eine Vorgabe',
  'must hold a block': 'braucht einen Block',
  'must offer two answers': 'braucht zwei Antworten',
  'must have exactly one of list, file and inline': 'braucht genau eines von list, file und inline',
  'there are only {0} prompts to take {1} of': 'es gibt nur {0} Vorgaben, aus denen {1} zu nehmen wären',
  '“balanced” chooses prompts, so “take” must say how many':
    '„balanced“ wählt Vorgaben aus, also muss „take“ sagen, wie viele',
  'free writing has pauses of its own, so only the key can end it':
    'freies Schreiben hat eigene Pausen, also kann nur die Taste es beenden',
  '“{0}” is asked twice': '„{0}“ wird zweimal gefragt',
  'blocks {0} ({1}) takes {2} prompts, but there are only {3}.':
    'blocks {0} ({1}) nimmt {2} Vorgaben, es gibt aber nur {3}.',
  'Take fewer, or give a longer list.': 'Weniger nehmen oder eine längere Liste angeben.',
  '{0} names the list “{1}”, which there is not.': '{0} nennt die Liste „{1}“, die es nicht gibt.',
  '{0} names the file {1}, and a protocol written in the app has no folder.':
    '{0} nennt die Datei {1}, und ein in der App geschriebenes Protokoll hat keinen Ordner.',
  'Import the protocol from its file, or write the prompts under “inline”.':
    'Das Protokoll aus seiner Datei importieren oder die Vorgaben unter „inline“ schreiben.',
  '{0}, named by {1}, is larger than {2} MB.': '{0}, genannt von {1}, ist größer als {2} MB.',
  'Give a text file with one prompt a line.': 'Eine Textdatei mit einer Vorgabe je Zeile angeben.',
  '{0}, named by {1}, cannot be read.': '{0}, genannt von {1}, lässt sich nicht lesen.',
  'Put the file beside the protocol, one prompt a line.': 'Die Datei neben das Protokoll legen, eine Vorgabe je Zeile.',
  '{0}, named by {1}, holds no prompt.': '{0}, genannt von {1}, enthält keine Vorgabe.',
  '{0}, named by {1}, holds “{2}…”, which is no prompt.':
    '{0}, genannt von {1}, enthält „{2}…“; das ist keine Vorgabe.',
  'A prompt has at most 200 characters on one line.': 'Eine Vorgabe hat höchstens 200 Zeichen in einer Zeile.',

  ', version {0}': ', Version {0}',
}
