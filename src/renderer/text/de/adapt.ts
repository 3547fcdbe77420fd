import type { adapt as en } from '../en/adapt.ts'
import { integer } from '../format.ts'
import { many } from './many.ts'

export const adapt: typeof en = {
  adapt: {
    emptyTitle: 'Noch kein Schreiber zum Anpassen',
    empty:
      'Zuerst einige Wörter eines Schreibers aufnehmen oder lesen lassen; dann lässt sich ein Modell an diese ' +
      'Handschrift anpassen.',
    toRecord: 'Wörter aufnehmen',
    writer: 'Schreiber',
    chooseWriter: 'Schreiber wählen',
    wordsOf: (count: number) => many(count, 'Aufnahme', 'Aufnahmen'),
    reads: 'Liest',
    readBy: (model: string) => `liest ${model}`,
    readByVersion: (number: number) => `liest die eigene Version ${integer(number)}`,
    readByNone: 'liest kein Modell',
    readsWriters: (names: string, more: number) => `Liest ${names}${more > 0 ? ` und ${integer(more)} weitere` : ''}.`,
    readsNobody: 'Liest zurzeit keinen Schreiber.',
    noModel: 'Kein Modell passt',
    why: {
      version: 'Die eigene Version dieses Schreibers.',
      chosen: 'Ausdrücklich gewählt.',
      base: 'Das Grundmodell: Ein anderes wurde nicht gewählt.',
      newest: 'Das neueste passende Modell: Keines wurde gewählt.',
      none: 'Ein Modell trainieren oder das Grundmodell hinzufügen.',
    },
    version: (number: number) => `Version ${integer(number)}`,
    choose: 'Modell ohne Version',
    automatic: 'Von Kalamos gewählt',
    deactivate: 'Ohne Version lesen',
    deactivated: 'Die Versionen bleiben, aber keine liest diesen Schreiber jetzt.',
    words: 'Wörter zum Lernen',
    wordsCount: 'Wörter',
    learned: 'Angepasst mit',
    measured: 'Gemessen an',
    how: {
      'cross-validated':
        'Kreuzvalidierung: Die Wörter werden in Teile geteilt. Jeder Teil bleibt einmal vom Training ' +
        'ausgenommen und wird danach gelesen; so stammt jeder Wert von Wörtern, mit denen nicht trainiert ' +
        'wurde.',
      'held out': 'Mit den Wörtern, an denen gemessen wird, wird nie trainiert.',
    },
    covered: 'Enthaltene Buchstaben',
    missing: 'Fehlende Buchstaben',
    leftOut: 'Ausgelassen',
    rehearsal: 'Außerdem trainiert mit',
    rehearsalBuffer: {
      recorded: (count: number) =>
        `${many(count, 'aufgenommenes Wort', 'aufgenommene Wörter')} anderer Schreiber (Rehearsal-Puffer)`,
      virtual: (count: number) => `${many(count, 'virtuelles Wort', 'virtuelle Wörter')} (Rehearsal-Puffer)`,
      none: () => 'kein Rehearsal-Puffer',
    },
    practiseOn: (count: number) =>
      `Zuerst mit ${many(count, 'Wort', 'Wörtern')} synthetischer Schreiber dieses Stils trainieren`,
    synthetic: (count: number) =>
      `zuerst mit ${many(count, 'Wort', 'Wörtern')} synthetischer Schreiber dieses Stils trainiert`,
    twinsHint:
      'Simulierte Schreiber, die in Tempo, Neigung, Buchstabenformen und Stifthaltung dieser Person gleichen, ' +
      'soweit sich das aus den Wörtern schätzen lässt',
    tellHand: 'Stil schätzen',
    tellHandHint:
      'Was sich aus den Wörtern über diese Handschrift schätzen lässt und wie synthetische Schreiber dieses ' +
      'Stils schreiben',
    noHand: 'Der Stil lässt sich nicht schätzen: Das Modell kann keines der Wörter lesen.',
    style: 'Stilschätzung',
    styleHint: (words: number) =>
      `Geschätzt aus ${many(words, 'Wort', 'Wörtern')}. In Klammern der Bereich, in dem 95 von 100 ` +
      'synthetischen Schreibern dieses Stils liegen. Solche Schreiber sind simuliert; mit ihren Wörtern wird ' +
      'das Modell zuerst trainiert.',
    twinsWrite: (text: string) => `„${text}“, geschrieben von synthetischen Schreibern dieses Stils`,
    syntheticWrites: (writer: number, text: string) =>
      `„${text}“, geschrieben vom synthetischen Schreiber ${integer(writer)}`,
    traits: {
      'x-height': 'Höhe eines x',
      slant: 'Neigung',
      joining: 'Verbundene Buchstaben',
      force: 'Schreibdruck',
      lift: 'Absetzen',
      altitude: 'Steilheit des Stifts',
    },
    traitRange: (low: string, high: string) => `(${low} bis ${high})`,
    fonts: { small: 'Kleinbuchstaben am ehesten wie', capital: 'Großbuchstaben am ehesten wie' },
    enrol: '20 Wörter schreiben',
    origin: 'Woher sie kommen',
    origins: {
      virtual: 'Von einem virtuellen Stift, da dieser Schreiber virtuell ist',
      reenacted: 'Nachgestellt: der Stiftweg eines Menschen mit simulierten Sensoren',
      own: 'Alle von einem echten Stift',
      mixed: (own: number, virtual: number) =>
        `${integer(own)} von einem echten Stift, ${integer(virtual)} von einem virtuellen`,
    },
    virtualAsk: (count: number, name: string) =>
      `${many(count, 'Wort', 'Wörter')} von ${name} ${count === 1 ? 'kommt' : 'kommen'} von einem virtuellen Stift`,
    virtualOut: 'Auslassen',
    includeVirtual: 'Auch daraus lernen',
    learnFrom: 'Lernen aus',
    allWords: 'Allen Wörtern',
    enrolledWords: (count: number) => `Nur Wörter mit der Markierung enrolment (${integer(count)})`,
    enrolledHint:
      'Die anderen Wörter des Schreibers bleiben zum Messen: danach die Version mit dem Modell vergleichen.',
    enrolHint: 'Wörter, die zusammen so viele verschiedene Buchstaben enthalten, wie das bei so wenigen möglich ist',
    enrolReady: (count: number, missing: string) =>
      `${many(count, 'Wort wartet', 'Wörter warten')} auf der Seite „Aufnehmen“. ` +
      (missing === '' ? 'Zusammen enthalten sie jeden Buchstaben.' : `In keinem davon: ${missing}`),
    enrolNone:
      'Kein Wort der Liste besteht nur aus Buchstaben, die dieses Modell kennt. Auf der Seite „Aufnehmen“ ' +
      'lassen sich eigene Wörter schreiben.',
    doubts: 'Falsche Labels suchen',
    doubting: 'Wird gelesen …',
    doubtful: 'Labels, die falsch sein könnten',
    doubtfulHint:
      'Anhaken, was nicht so geschrieben wurde, wie das Label sagt: Es wird ausgelassen, mit dem Rest wird trainiert.',
    noDoubts: (looked: number) => `Keines von ${many(looked, 'Label', 'Labels')} sieht falsch aus.`,
    readAs: (text: string) => `gelesen als „${text}“`,
    leaveOut: (label: string) => `„${label}“ auslassen`,
    open: 'Ansehen',
    make: 'Neue Version',
    recipe: 'Was sich ändern darf',
    recipes: { all: 'Alle Gewichte', last: 'Letzte Schichten', adapter: 'Adapter' },
    recipeHints: {
      all: 'Jedes Gewicht, mit kleiner Lernrate: kann am meisten ändern.',
      last: 'Die letzte rekurrente Schicht und die Ausgabeschicht: schneller, vergisst weniger.',
      adapter: 'Weniger als 1 % der Gewichte: am sichersten bei sehr wenigen Wörtern.',
    },
    loss: 'Lernen aus',
    losses: { plain: 'Signalen', cross: 'Signalen und Wortbildern' },
    start: 'Anpassen',
    starting: 'Beginnt …',
    stopped: (count: number) =>
      `${many(count, 'Label könnte', 'Labels könnten')} falsch sein: bitte prüfen, bevor das Modell damit ` +
      'trainiert wird.',
    stoppedHint: 'Was in der Liste angehakt ist, bleibt weg; danach anpassen.',
    startWithout: (count: number) => `Ohne ${many(count, 'Wort', 'Wörter')} anpassen`,
    versions: 'Versionen',
    noVersions: 'Noch keine. Die erste lässt sich oben starten; ob sie behalten wird, ist danach zu entscheiden.',
    states: {
      queued: 'wartet',
      preparing: 'wird vorbereitet',
      running: 'wird angepasst',
      candidate: 'zu entscheiden',
      kept: 'behalten',
      discarded: 'verworfen',
      cancelled: 'abgebrochen',
      failed: 'fehlgeschlagen',
      interrupted: 'unterbrochen',
    },
    active: 'in Gebrauch',
    from: (name: string) => `aus ${name}`,
    fromGone: 'aus einem gelöschten Modell',
    with: (count: number) => `mit ${many(count, 'Wort', 'Wörtern')}`,
    progress: 'Wird angepasst',
    keep: 'Behalten',
    kept: (number: number, writer: string) => `Version ${integer(number)} liest ${writer} von nun an.`,
    discard: 'Verwerfen',
    restore: 'Diese verwenden',
    resume: 'Fortsetzen',
    exportTo: 'Exportieren',
    exportTitle: (number: number) => `Version ${integer(number)} exportieren`,
    exportText:
      'Schreibt die Gewichte (safetensors) und die Karte (JSON) in einen Ordner auf dem Rechner, auf dem ' +
      'Kalamos läuft.',
    folder: 'Ordner',
    exported: (files: string) => `Geschrieben: ${files}`,
    compare: 'Vergleichen',
    compareTitle: (number: number) => `Version ${integer(number)} vergleichen`,
    compareWith: 'Vergleichen mit',
    comparing: 'Liest die Wörter, mit denen keines von beiden trainiert wurde …',
    confirmDelete: (number: number) => `Version ${integer(number)} löschen?`,
    confirmDeleteText:
      'Ihre Gewichte und ihr Bericht werden von der Festplatte entfernt. Das lässt sich nicht rückgängig machen.',
    more: (number: number) => `Mehr zu Version ${integer(number)}`,
    own: 'Dieser Schreiber',
    others: { recorded: 'Andere Schreiber', virtual: 'Virtuelle Schreiber' },
    noOthers:
      'Es gibt keine Wörter anderer Schreiber, an denen sich prüfen ließe, ob sie noch so gut gelesen werden ' +
      'wie vorher.',
    onWords: (words: number, writers: number) =>
      writers > 1
        ? `${many(words, 'Wort', 'Wörter')} von ${many(writers, 'Schreiber', 'Schreibern')}`
        : many(words, 'Wort', 'Wörter'),
    before: 'Vorher',
    after: 'Nachher',
    change: (value: string, low: string, high: string) => `${value} Punkte (95 %: ${low} bis ${high})`,
    rates: (before: string, after: string) => `von ${before} auf ${after}`,
    barsOf: (name: string, before: string, after: string) =>
      `${name}: vorher ${before}, nachher ${after}; die dünne Linie ist das 95-%-Intervall`,
    better: (count: number) => `Besser (${integer(count)})`,
    worse: (count: number) => `Schlechter (${integer(count)})`,
    same: (count: number) => `${many(count, 'Wort', 'Wörter')} gelesen wie zuvor`,
    none: 'keine',
    wasRead: 'vorher',
    isRead: 'nachher',
    nothing: 'nichts',
    weights: (trained: number, all: number) => `${integer(trained)} von ${integer(all)} Gewichten wurden trainiert`,
    took: (time: string) => `dauerte ${time}`,
    word: (label: string) => `Das Wort „${label}“, wie es geschrieben wurde`,
  },
}
