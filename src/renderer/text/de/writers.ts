import type { Handedness } from '../../../shared/api/writers.ts'
import type { writers as en } from '../en/writers.ts'
import { integer } from '../format.ts'
import { many } from './many.ts'

const handedness: Record<Handedness, string> = {
  right: 'Rechtshändig',
  left: 'Linkshändig',
  unknown: 'Händigkeit unbekannt',
}
const recordings = (count: number): string => many(count, 'Aufnahme', 'Aufnahmen')

export const writers: typeof en = {
  writers: {
    states: handedness,
    choose: 'Schreiber wählen',
    new: 'Neuer Schreiber',
    name: 'Pseudonym',
    nameHint: 'Keine echten Namen: ein Kürzel wie w07',
    hand: 'Händigkeit',
    short: { right: 'Rechts', left: 'Links', unknown: 'Unbekannt' },
    create: 'Schreiber anlegen',
    erase: (name: string) => `${name} mit allen Daten löschen`,
    eraseStops: (names: string) =>
      `Ein Training verwendet Aufnahmen dieser Person und wird angehalten: ${names}. Wird es fortgesetzt, ` +
      'beginnt es neu, ohne diese Person.',
    eraseText: (count: number) =>
      `${recordings(count)}, Einwilligungen, Antworten, Notizen und gelernte Wörter werden endgültig gelöscht, ` +
      'bis auf die Bytes in der Datei. Das lässt sich nicht rückgängig machen.',
    recordings,
  },
  manageWriters: {
    handOver: 'Was von dieser Person gespeichert ist',
    erasing: 'Diese Person löschen',
    open: 'Schreiber verwalten',
    title: 'Schreiber',
    about: 'Pseudonym oder Händigkeit korrigieren, Einwilligungen ansehen, Gespeichertes aushändigen oder löschen.',
    nobody: 'Noch hat niemand geschrieben.',
    search: 'Pseudonym enthält',
    noneFound: (text: string) => `Kein Pseudonym enthält „${text}“.`,
    agreed: 'Einwilligungen',
    consent: (version: string, at: string) => `Version ${version}, gegeben am ${at}`,
    nothingAgreed: 'Keine Einwilligung ist gespeichert.',
  },
  erasure: {
    title: (name: string) => `${name} ist gelöscht`,
    about:
      'All das wurde mit dem Schreiber endgültig gelöscht. Kalamos behält keinen Nachweis davon; er lässt sich ' +
      'hier speichern.',
    at: 'Gelöscht',
    sessions: 'Sitzungen',
    recordings: 'Aufnahmen',
    frames: 'Frames',
    consents: 'Einwilligungen',
    notes: 'Notizen',
    bytes: 'Größe der Datenbank',
    fromTo: (before: number, after: number) => `${integer(before)} → ${integer(after)} Bytes`,
    stopped: 'Trainings, die diese Aufnahmen verwendeten und angehalten wurden',
    models: 'Modelle, die mit diesen Aufnahmen trainiert oder gemessen wurden; sie bleiben',
    runs: 'Trainings, deren Zwischenstände diese Aufnahmen verwendeten; sie bleiben',
    exports: 'Exporte mit diesen Aufnahmen, soweit bekannt; wo sie nicht erwünscht sind, bitte selbst löschen',
    path: 'Pfad einer neuen Textdatei',
    save: 'Bericht speichern',
    saved: 'Der Bericht ist geschrieben.',
  },
}
