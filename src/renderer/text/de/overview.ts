import type { overview as en } from '../en/overview.ts'
import { integer } from '../format.ts'
import { many } from './many.ts'

interface Verdicts {
  good: number
  check: number
  redo: number
  none: number
}

const recordings = (count: number): string => many(count, 'Aufnahme', 'Aufnahmen')
const verdicts = ({ good, check, redo, none }: Verdicts): string =>
  `${integer(good)} gut, ${integer(check)} zu prüfen, ${integer(redo)} zu ` +
  `wiederholen${none === 0 ? '' : `, ${integer(none)} nicht beurteilt`}`

export const overview: typeof en = {
  overview: {
    title: 'Überblick',
    nothing: 'Keine Aufnahme passt zum Filter. Einen Teil des Filters entfernen.',
    asTable: 'Als Tabelle',
    recordings: 'Aufnahmen',
    writers: 'Schreiber',
    sessions: 'Sitzungen',
    written: 'Geschrieben',
    lost: 'Verlorene Frames',
    excluded: 'Ausgeschlossen',
    unlabelled: 'Ohne Label',
    perWriter: 'Aufnahmen je Schreiber',
    perWriterSays: (count: number, virtual: number, reenacted: number) =>
      [
        `${integer(count)} Schreiber`,
        ...(virtual === 0 ? [] : [`davon ${integer(virtual)} virtuell`]),
        ...(reenacted === 0 ? [] : [`davon ${integer(reenacted)} nachgestellt`]),
      ].join(', '),
    writerSays: (name: string, count: number, missing: number) =>
      `${name}: ${recordings(count)}, ` +
      (missing === 0 ? 'alle Buchstaben' : many(missing, 'Buchstabe fehlt', 'Buchstaben fehlen')),
    locked: (count: string) => `${count} · zurückgehalten`,
    lettersOf: (letters: number, all: number) => `${integer(letters)} von ${integer(all)}`,
    letters: 'Vorhandene Buchstaben',
    noLetters: 'Keine Aufnahme hat ein Label.',
    lettersSay: (different: number, missing: number) =>
      `${many(different, 'verschiedenes Zeichen', 'verschiedene Zeichen')}` +
      (missing === 0 ? ', keines fehlt' : `, ${integer(missing)} fehlen`),
    missingLetters: 'Fehlen',
    missing: (letters: string) => `Es fehlen: ${letters}`,
    letter: (letter: string, count: number) => (count === 0 ? `${letter}: fehlt` : `${letter}: ${integer(count)}-mal`),
    letterColumn: 'Buchstabe',
    times: 'Wie oft',
    kinds: { capitals: 'Großbuchstaben', small: 'Kleinbuchstaben', digits: 'Ziffern', others: 'Andere' },
    durations: 'Dauer der Aufnahmen',
    durationsSay: (mean: string) => `Eine Aufnahme dauert im Mittel ${mean}`,
    bin: (from: string, to: string, count: number) => `${from} bis ${to}: ${recordings(count)}`,
    over: (from: string, count: number) => `Länger als ${from}: ${recordings(count)}`,
    longerThan: (from: string) => `über ${from}`,
    quality: 'Qualität je Sitzung',
    qualitySays: (all: Verdicts) => verdicts(all),
    sessionSays: (name: string, all: Verdicts) => `${name}: ${verdicts(all)}`,
    newest: (shown: number, all: number) => `Die neuesten ${integer(shown)} von ${many(all, 'Sitzung', 'Sitzungen')}`,
    reasons: 'Was an Aufnahmen nicht stimmt',
    reasonsSay: 'Gründe für Qualitätsurteile und Ausschlüsse; eine Aufnahme kann mehrere haben',
    reasonSays: (reason: string, count: number) => `${reason}: ${recordings(count)}`,
    leftOut: (count: string) => `${count} ausgeschlossen`,
    exclusionSays: (reason: string, count: number) => `${reason}: ${recordings(count)} ausgeschlossen`,
  },
}
