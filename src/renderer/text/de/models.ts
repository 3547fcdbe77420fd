import type { models as en } from '../en/models.ts'
import { integer } from '../format.ts'
import { many } from './many.ts'

export const models: typeof en = {
  models: {
    emptyTitle: 'Noch kein Modell',
    empty: 'Abgeschlossene Trainings erscheinen hier als Modelle. Das mitgelieferte Grundmodell liest sofort Wörter.',
    addBase: 'Grundmodell hinzufügen',
    addNewerBase: 'Neueres Grundmodell hinzufügen',
    baseMissing: 'Das mitgelieferte Grundmodell ist nicht darunter.',
    baseEarlier:
      'Diese Version von Kalamos bringt ein neueres Grundmodell mit als das vorhandene. Das frühere bleibt, mit ' +
      'allen Versionen, die daraus entstanden sind.',
    baseAdded: (name: string) => `Modell „${name}“ hinzugefügt.`,
    rename: 'Umbenennen',
    evaluate: 'Auswerten',
    confirmDelete: (name: string) => `Modell „${name}“ löschen?`,
    confirmDeleteText: 'Seine Gewichte werden von der Festplatte entfernt. Das lässt sich nicht rückgängig machen.',
    deleted: (name: string) => `Modell „${name}“ gelöscht.`,
    parameters: (count: number) => `${integer(count)} Parameter`,
    trainedOn: (recordings: number, writers: number) =>
      `trainiert mit ${many(recordings, 'Aufnahme', 'Aufnahmen')} von ${many(writers, 'Schreiber', 'Schreibern')}`,
    scoredOn: (recordings: number) =>
      `bei ${many(recordings, 'zurückgehaltener Aufnahme', 'zurückgehaltenen Aufnahmen')}`,
    scoredGreedily: (recordings: number) =>
      `bei ${many(recordings, 'zurückgehaltener Aufnahme', 'zurückgehaltenen Aufnahmen')}, ohne Lexikon`,
    inLexicon: (cer: string, wer: string, right: string) =>
      `Mit dem mitgelieferten Lexikon: CER ${cer}, WER ${wer}, Genauigkeit ${right}`,
    inLexiconAbout: (recordings: number, words: number, cer: string, wer: string) =>
      `bei ${many(recordings, 'zurückgehaltener Aufnahme', 'zurückgehaltenen Aufnahmen')}, ` +
      `${many(words, 'Wort', 'Wörter')} im Lexikon; dieselben Aufnahmen ohne: CER ${cer}, WER ${wer}`,
    inLexiconUnknown: (unknown: number) =>
      unknown === 0
        ? 'Alle stehen im Lexikon.'
        : `${integer(unknown)} davon stehen nicht im Lexikon: Sie werden Buchstabe für Buchstabe gelesen.`,
    notScored: 'nicht gemessen',
    evaluateTitle: (name: string) => `„${name}“ auswerten`,
    evaluateText: 'Liest die unten gewählten Aufnahmen und vergleicht mit ihren Labels.',
    knownData:
      '„Allen Aufnahmen“ schließt solche ein, mit denen das Modell trainiert wurde: Die Werte sehen dann besser ' +
      'aus, als sie sind.',
    evaluateOn: 'Gemessen an',
    on: { unseen: 'Aufnahmen, mit denen es nicht trainiert wurde', all: 'Allen Aufnahmen' },
    measuredOn: {
      unseen: 'an Aufnahmen, mit denen es nicht trainiert wurde',
      all: 'an allen Aufnahmen, auch an denen, mit denen es trainiert wurde',
    },
    measuredAt: (at: string, on: string) => `Gemessen ${at}, ${on}.`,
    ofStrangers: (names: string, count: number) =>
      `Schreiber, mit ${count === 1 ? 'dem' : 'denen'} das Modell nicht trainiert wurde: ${names}.`,
    ofKnown: (names: string, count: number) =>
      `Schreiber, mit ${count === 1 ? 'dem' : 'denen'} es durch andere Aufnahmen trainiert wurde: ${names}.`,
    learnedLeftOut: (count: number) =>
      `${many(count, 'Aufnahme, mit der es trainiert wurde, ist', 'Aufnahmen, mit denen es trainiert wurde, sind')} ` +
      'ausgelassen.',
    learnedAmong: (count: number, all: number) =>
      `Mit ${integer(count)} von diesen ${many(all, 'Aufnahme', 'Aufnahmen')} wurde es trainiert.`,
    parentGone:
      'Ein Modell, aus dem es entstand, wurde gelöscht; Aufnahmen, mit denen jenes trainiert wurde, können ' +
      'darunter sein.',
    earlier: 'Frühere Messungen',
    result: 'Ergebnis',
    misread: 'Falsch gelesen',
    knowsWriter: 'bekannter Schreiber',
    openAll: (name: string) => `Aufnahmen von ${name} zeigen`,
    openWrong: (name: string) => `Falsch Gelesenes von ${name} zeigen`,
    run: 'Auswerten',
    running: 'Wird gelesen …',
    group: 'Gruppe',
    recordings: 'Aufnahmen',
    withLexicon: (words: number) => `Dasselbe mit dem Lexikon von ${many(words, 'Wort', 'Wörtern')}`,
    unknown: 'Labels, die nicht darin sind',
    reliability: 'Konfidenz',
    reliabilityPicture:
      'Konfidenz der Wörter gegen den Anteil der richtigen; auf der gestrichelten Linie sind beide gleich',
    ece: 'Kalibrierungsfehler der Konfidenz',
    eceHint:
      'Erwarteter Kalibrierungsfehler (ECE): wie weit die gezeigte Konfidenz vom Anteil richtiger Wörter ' +
      'abweicht, bei zurückgehaltenen Wörtern, die nicht zum Kalibrieren dienten',
    eceRaw: (error: string) => `vor der Kalibrierung ${error}`,
    bin: (words: number, confidence: string, right: string) =>
      `${many(words, 'Wort', 'Wörter')}: Konfidenz ${confidence}, richtig ${right}`,
    measured: 'Nur zum Messen aufgenommene Wörter',
    everybody: 'alle',
    greedily: 'Buchstabe für Buchstabe gelesen, ohne Lexikon.',
    trainedFor: (time: string) => `Training ${time}`,
    notCalibrated: 'Konfidenz nicht kalibriert: Weniger als 30 Wörter waren zurückgehalten.',
    doubtfulRolls: (recordings: number, all: number) =>
      `Bei ${integer(recordings)} von ${many(all, 'Aufnahme, mit der', 'Aufnahmen, mit denen')} es trainiert ` +
      'wurde, ist der Rollwinkel unsicher:',
    rollDoubt: {
      short: 'zu kurz, als dass sich die Bewegung herausmittelt',
      fast: 'zu stark bewegt, um Schwerkraft von Bewegung zu unterscheiden',
      'no gravity': 'mit einer mittleren Beschleunigung, die nicht 1 g ist',
      upright: 'mit senkrecht stehendem Stift',
      'upside down': 'mit der Spitze nach oben, oder die Längsachse zeigt andersherum',
    },
    rollFirst: (ids: string) => `zuerst: Aufnahme ${ids}`,
  },
}
