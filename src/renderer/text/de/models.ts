import type { models as en } from '../en/models.ts'
import { integer } from '../format.ts'
import { many } from './many.ts'

export const models: typeof en = {
  models: {
    emptyTitle: 'Noch kein Modell',
    empty: 'Ein abgeschlossenes Training hinterlässt hier ein Modell.',
    rename: 'Umbenennen',
    evaluate: 'Auswerten',
    confirmDelete: (name: string) => `Modell „${name}“ löschen?`,
    confirmDeleteText: 'Seine Gewichte werden von der Festplatte entfernt. Das lässt sich nicht rückgängig machen.',
    deleted: (name: string) => `Modell „${name}“ gelöscht.`,
    parameters: (count: number) => `${integer(count)} Parameter`,
    trainedOn: (recordings: number, writers: number) => `trainiert mit ${many(recordings, 'Aufnahme', 'Aufnahmen')} von ${many(writers, 'Schreiber', 'Schreibern')}`,
    scoredOn: (recordings: number) => `bei ${many(recordings, 'zurückgehaltenen Aufnahme', 'zurückgehaltenen Aufnahmen')}`,
    notScored: 'nicht gemessen',
    evaluateTitle: (name: string) => `„${name}“ auswerten`,
    evaluateText: 'Liest die unten gewählten Aufnahmen und vergleicht mit ihren Labels.',
    knownData: 'Aufnahmen, mit denen das Modell trainiert wurde, lassen die Werte besser aussehen, als sie sind.',
    run: 'Auswerten',
    running: 'Wird gelesen …',
    group: 'Gruppe',
    recordings: 'Aufnahmen',
    withLexicon: (words: number) => `Dasselbe mit dem Lexikon von ${many(words, 'Wort', 'Wörtern')}`,
    unknown: 'Labels, die nicht darin sind',
    reliability: 'Konfidenz',
    reliabilityPicture: 'Konfidenz der Wörter gegen den Anteil der richtigen; auf der gestrichelten Linie sind beide gleich',
    ece: 'Kalibrierungsfehler',
    eceHint: 'Erwarteter Kalibrierungsfehler (ECE): wie weit die gezeigte Konfidenz den Anteil richtiger Wörter verfehlt, bei zurückgehaltenen Wörtern, an die die Kalibrierung nicht angepasst ist',
    eceRaw: (error: string) => `vor der Kalibrierung ${error}`,
    bin: (words: number, confidence: string, right: string) => `${many(words, 'Wort', 'Wörter')}: Konfidenz ${confidence}, richtig ${right}`,
    notCalibrated: 'Konfidenz nicht kalibriert: Weniger als 30 Wörter waren zurückgehalten.',
  },
}
