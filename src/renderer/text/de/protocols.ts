import type { protocols as en } from '../en/protocols.ts'
import { integer } from '../format.ts'
import { many } from './many.ts'

const prompts = (count: number): string => many(count, 'Vorgabe', 'Vorgaben')

export const protocols: typeof en = {
  protocols: {
    new: 'Neues Protokoll',
    builtIn: 'mitgeliefert',
    version: (version: number) => `Fassung ${integer(version)}`,
    sessions: (count: number) => (count === 0 ? 'noch nicht verwendet' : many(count, 'Sitzung', 'Sitzungen')),
    source: 'Das Protokoll in YAML',
    sourceHint: 'Speichern ergibt eine neue Fassung; Aufnahmen behalten die Fassung, mit der sie entstanden.',
    fault: (line: number, message: string) => `Zeile ${integer(line)}: ${message}`,
    save: 'Als neue Fassung speichern',
    remove: 'Entfernen',
    preview: 'Was zu schreiben ist',
    previewOf: (count: number) => `Was zu schreiben ist: ${prompts(count)}`,
    block: (name: string, count: number, tag: string | null) => `${name}: ${prompts(count)}${tag === null ? '' : `, markiert als ${tag}`}`,
    letters: 'Wie oft jeder Buchstabe vorkommt',
    letter: (letter: string, count: number) => `${letter}: ${integer(count)}`,
    template: `id: mein-protokoll
name: Mein Protokoll
instructions: Jedes Wort in einem Zug schreiben. Danach kurz ruhen.
blocks:
  - name: Wörter
    prompts:
      inline: [Tinte, Feder, Papier]
    order: random
    repeat: 2
`,
  },
  protocolForm: {
    modes: 'Wie es geschrieben wird',
    text: 'Als Text',
    form: 'Als Formular',
    name: 'Name',
    id: 'Kennung',
    idHint: 'Kleinbuchstaben, Ziffern, Bindestriche; über alle Versionen gleich',
    about: 'Wozu es dient',
    instructions: 'Anleitung vor der ersten Vorgabe',
    consent: 'Worin der Schreiber einwilligt',
    consentHint: 'Ist es leer, wird niemand gefragt; ein neuer Text braucht eine neue Version',
    consentVersion: 'Version davon',
    calibration: 'Kalibrierung des Stifts',
    calibrations: { none: 'Nicht angeboten', offered: 'Angeboten' },
    seed: 'Startwert',
    questions: 'Fragen',
    questionId: 'Kennung',
    ask: 'Frage',
    choices: 'Antworten zur Auswahl',
    choicesHint: 'Eine je Zeile; leer: beliebiger Text',
    optional: 'Darf offen bleiben',
    addQuestion: 'Frage hinzufügen',
    removeQuestion: (ask: string) => `Frage „${ask}“ entfernen`,
    blocks: 'Blöcke',
    newBlock: (number: number) => `Block ${integer(number)}`,
    addBlock: 'Block hinzufügen',
    removeBlock: (name: string) => `${name} entfernen`,
    up: 'Früher',
    down: 'Später',
    blockName: 'Name des Blocks',
    blockInstructions: 'Anleitung vor dem Block',
    from: 'Vorgaben',
    froms: { inline: 'Hier geschrieben', list: 'Mitgelieferte Liste', file: 'Eine Datei' },
    prompts: 'Was geschrieben wird',
    list: 'Liste',
    file: 'Name der Datei',
    fileHint: 'Neben der Datei des Protokolls, die dann im Terminal importiert wird',
    order: 'Reihenfolge',
    orders: { given: 'Wie sie stehen', random: 'Zufällig je Schreiber', balanced: 'Buchstaben ausgewogen' },
    take: 'Nur so viele',
    takeHint: 'Leer: alle',
    repeat: 'Wie oft',
    tag: 'Kennzeichen',
    tagHint: 'Etwa enrolment',
    breakAfter: 'Pause nach',
    breakHint: 'Vorgaben; leer: keine',
    breakSeconds: 'Pause (s)',
    label: 'Label',
    labels: { prompt: 'Die Vorgabe', later: 'Später abgeschrieben' },
    advances: { protocol: 'Wie im Protokoll', pause: 'nach einer Pause', key: 'mit einer Taste' },
    fresh: 'Auslassen, was ein früherer Block verlangt',
  },
}
