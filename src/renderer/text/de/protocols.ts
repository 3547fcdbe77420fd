import type { protocols as en } from '../en/protocols.ts'
import { integer } from '../format.ts'
import { many } from './many.ts'

const prompts = (count: number): string => many(count, 'Vorgabe', 'Vorgaben')

export const protocols: typeof en = {
  protocols: {
    new: 'Neues Protokoll',
    import: 'Importieren …',
    importTitle: 'Protokoll importieren',
    importAbout: 'Eine YAML-Datei. Dateien mit Vorgaben, die sie nennt, werden im selben Ordner gesucht.',
    importPath: 'Pfad des Protokolls',
    importStart: 'Importieren',
    imported: (name: string, version: number) => `„${name}“ ist als Version ${integer(version)} importiert.`,
    importNext: 'Als nächste Version des vorhandenen Protokolls importieren',
    builtIn: 'mitgeliefert',
    version: (version: number) => `Version ${integer(version)}`,
    sessions: (count: number) => (count === 0 ? 'noch nicht verwendet' : many(count, 'Sitzung', 'Sitzungen')),
    source: 'Das Protokoll in YAML',
    sourceHint: 'Speichern ergibt eine neue Version; Aufnahmen behalten die Version, mit der sie entstanden.',
    fault: (line: number, message: string) => `Zeile ${integer(line)}: ${message}`,
    save: 'Als neue Version speichern',
    saveNew: 'Als neues Protokoll speichern',
    versions: 'Versionen',
    current: 'in Gebrauch',
    cameWith: 'Wie mitgeliefert',
    look: 'Zeigen',
    restore: 'Wiederherstellen',
    restoreNamed: (name: string) => `„${name}“ wiederherstellen`,
    restoreAfter:
      'Eine frühere Version lässt sich wiederherstellen, sobald die Änderungen gespeichert oder verworfen sind.',
    restored: (name: string, version: number, now: number) =>
      `„${name}“ ist wieder wie ` +
      (version === 0 ? 'mitgeliefert' : `in Version ${integer(version)}`) +
      `. Das ist jetzt Version ${integer(now)}.`,
    removed: (count: number) => `Entfernt (${integer(count)})`,
    remove: 'Entfernen',
    removeTitle: (name: string) => `„${name}“ aus der Liste entfernen?`,
    removeText:
      'Die Versionen bleiben bei den Aufnahmen, die mit ihnen entstanden. Das Protokoll lässt sich wiederherstellen.',
    discard: 'Änderungen verwerfen',
    unsaved: 'nicht gespeichert',
    preview: 'Was zu schreiben ist',
    previewOf: (count: number) => `Was zu schreiben ist: ${prompts(count)}`,
    block: (name: string, count: number, tag: string | null) =>
      `${name}: ${prompts(count)}${tag === null ? '' : `, markiert als ${tag}`}`,
    letters: 'Wie oft jeder Buchstabe vorkommt',
    letter: (letter: string, count: number) => `${letter}: ${integer(count)}`,
    templateName: 'Mein Protokoll',
    template: (id: string) => `id: ${id}
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
    consentHint: 'Leer: niemand wird gefragt. Ein neuer Text braucht eine neue Version',
    consentVersion: 'Version der Einwilligung',
    calibration: 'Kalibrierung des Stifts',
    calibrations: { none: 'Nicht angeboten', offered: 'Angeboten' },
    seed: 'Startwert (Seed)',
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
    froms: { inline: 'Hier eingegeben', list: 'Mitgelieferte Liste', file: 'Eine Datei' },
    prompts: 'Was geschrieben wird',
    list: 'Liste',
    file: 'Name der Datei',
    fileHint: 'Im selben Ordner wie die Datei des Protokolls, die dann mit „Importieren …“ geladen wird',
    order: 'Reihenfolge',
    orders: { given: 'Wie angegeben', random: 'Zufällig je Schreiber', balanced: 'Buchstaben ausgewogen' },
    take: 'Nur so viele',
    takeHint: 'Leer: alle',
    repeat: 'Wie oft',
    tag: 'Markierung',
    tagHint: 'Etwa enrolment',
    breakAfter: 'Pause nach',
    breakHint: 'Vorgaben; leer: keine',
    breakText: 'In der Pause angezeigter Text',
    breakSeconds: 'Pause (s)',
    label: 'Label',
    labels: { prompt: 'Die Vorgabe', later: 'Später transkribiert' },
    advances: { protocol: 'Wie im Protokoll', pause: 'nach einer Pause', key: 'mit einer Taste' },
    quality: 'Ab wann ein Wort zu prüfen oder zu wiederholen ist',
    qualityHint: 'Grenzwerte für jedes Wort. Sie sind angenommen: Eine Studie, die sie festlegt, ist nicht bekannt.',
    figure: 'Messgröße',
    threshold: (figure: string, level: string) => `${figure}: ${level}`,
    figures: {
      lostShare: 'Anteil verlorener Frames, über',
      gapMs: 'Längste Lücke (ms), über',
      clippedShare: 'Anteil der Frames an der Grenze des Messbereichs, über',
      rateOff: 'Abweichung von der Nennrate (Anteil), über',
      jitter: 'Jitter (Anteil der Zeit zwischen Frames), über',
      tipDownShare: 'Anteil der Frames mit aufgesetzter Spitze, unter',
      shortestLetterMs: 'Zeit je Buchstabe (ms), unter',
      longestLetterMs: 'Zeit je Buchstabe (ms), über',
      copiedShare: 'Anteil, der das Wort davor wiederholt, über',
      doubt: 'Zweifel des Modells am Label (0 bis 1), über',
    },
    fresh: 'Auslassen, was ein früherer Block verlangt',
  },
}
