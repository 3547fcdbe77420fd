import type { Sentences } from '../../sentences.ts'

export const protocol: Sentences = {
  'There is no protocol {0}{1}.': 'Es gibt kein Protokoll {0}{1}.',
  'There is no protocol {0}, version {1}.': 'Es gibt kein Protokoll {0} in Fassung {1}.',
  'There is no protocol {0}.': 'Es gibt kein Protokoll {0}.',
  'The protocol': 'Das Protokoll',
  'line {0}: {1}': 'Zeile {0}: {1}',
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
  '“redo” ({0}) must be the worse figure, beyond “check” ({1})':
    '„redo“ ({0}) muss der schlechtere Wert sein, jenseits von „look“ ({1})',
  'must hold a prompt': 'braucht eine Vorgabe',
  'must hold a block': 'braucht einen Block',
  'must offer two answers': 'braucht zwei Antworten',
  'must have exactly one of list, file and inline': 'braucht genau eines von list, file und inline',
  'blocks {0} ({1}) takes {2} prompts, but there are only {3}.':
    'blocks {0} ({1}) nimmt {2} Vorgaben, es gibt aber nur {3}.',
  '{0}, named by {1}, holds no prompt.': '{0}, genannt von {1}, enthält keine Vorgabe.',
  '{0}, named by {1}, holds “{2}…”, which is no prompt.':
    '{0}, genannt von {1}, enthält „{2}…“; das ist keine Vorgabe.',

  ', version {0}': ', Version {0}',
}
