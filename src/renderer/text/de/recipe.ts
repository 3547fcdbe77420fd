import type { NoEmbedding } from '../../../shared/api/embedding.ts'
import type { DefaultSource } from '../../../shared/api/default-sources.ts'
import type { Augmentation } from '../../../shared/api/training.ts'
import type { recipe as en } from '../en/recipe.ts'
import { decimal, integer, percent } from '../format.ts'
import { many } from './many.ts'
import { why } from './default-sources.ts'

const origins: Record<DefaultSource, string> = {
  published: 'Wert wie veröffentlicht',
  assumed: 'Wert angenommen',
  chosen: 'Wert für Kalamos gewählt',
}
const augmentations: Record<Augmentation, string> = {
  rotate: 'Jeden Sensor drehen',
  tempo: 'Schneller und langsamer',
  scale: 'Stärker und schwächer',
  noise: 'Rauschen auf allen Werten',
  speckle: 'Rauschen, das mit dem Signal wächst',
  drift: 'Langsame Drift',
  blackout: 'Einen Moment ausblenden',
  warp: 'Ungleichmäßiges Tempo',
}
const missing: Record<NoEmbedding, string> = {
  plain: 'Nur mit Labels trainiert: Es gibt keine gemeinsame Einbettung von Aufnahmen und Bildern.',
  'nothing-held-out':
    'Es wurden keine Aufnahmen zurückgehalten; darum lässt sich nichts zeigen, womit nicht trainiert wurde.',
  'not-yet': 'Das Bild erscheint nach der ersten Epoche.',
  never: 'Dieses Training endete vor seinem ersten Bild.',
}

export const recipe: typeof en = {
  recipe: {
    title: 'Trainingsmethode',
    about: 'Woraus das Netz außer den Labels lernt. Zum Lesen genügt bei jeder Methode das Netz des Stifts.',
    kinds: {
      plain: {
        name: 'Nur Labels',
        about: 'Das Netz lernt, das Label zu lesen. Damit lassen sich die anderen Methoden vergleichen.',
      },
      pairs: {
        name: 'Mit Wortbildern, paarweise',
        about:
          'Ein Bildnetz lernt zuerst, Bilder der Wörter zu lesen. Dann lernt das Netz des Stifts, jede Aufnahme ' +
          'nahe an einem Bild ihres Wortes und fern von einem Bild eines anderen Wortes einzubetten: das ' +
          'veröffentlichte Verfahren.',
      },
      'in-batch': {
        name: 'Mit Wortbildern, im ganzen Batch',
        about:
          'Jede Aufnahme muss unter den Bildern des ganzen Batches das Bild ihres Wortes finden und jedes Bild ' +
          'seine Aufnahme.',
      },
      texts: {
        name: 'Mit Texten (ECHWR)',
        about:
          'Wie im ganzen Batch, aber mit den Texten selbst statt mit Bildern, und mit leicht falschen Texten, ' +
          'die vom richtigen zu unterscheiden sind. Nur für Wörter.',
      },
    },
    advanced: 'Einstellungen dieser Methode',
    origins,
    why,
    reset: 'Zurück zu den üblichen Werten',
    groups: {
      loss: 'Verlust',
      meeting: 'Wie die Netze verbunden sind',
      when: 'Gewicht im Verlauf',
      pictures: 'Bilder',
      image: 'Bildnetz',
      texts: 'Texte',
    },
    loss: 'Verlust',
    losses: { triplet: 'Triplet', contrastive: 'Kontrastiv' },
    distance: 'Abstand',
    distances: {
      mse: 'Mittlerer quadratischer Fehler',
      cosine: 'Kosinus',
      pearson: 'Pearson-Korrelation',
      kl: 'Kullback-Leibler-Divergenz',
    },
    margin: 'Mindestabstand',
    margins: { dynamic: 'Dynamisch: wächst mit dem Unterschied', fixed: 'Fest' },
    marginScale: 'Faktor des Mindestabstands',
    scaleAuto: 'der des Abstands',
    marginValue: 'Wert des Mindestabstands',
    marginClasses: 'Unterschied der Klassen',
    classes: { confusion: 'Wie selten sie verwechselt werden', ordinal: 'Wie weit sie in der Reihe auseinanderliegen' },
    negatives: 'Gegenbeispiele',
    negativesOf: { scheduled: 'Erst unähnliche, dann ähnliche', any: 'Jedes andere Label' },
    negativesEach: 'Gegenbeispiele je Aufnahme',
    weight: 'Gewicht',
    from: 'Erste Epoche',
    warmup: 'Aufwärm-Epochen',
    penLayer: 'Schicht im Netz des Stifts',
    imageLayer: 'Schicht im Bildnetz',
    layer: (name: string, size: number) => `${name} (${many(size, 'Wert', 'Werte')})`,
    projection: 'Größe der gemeinsamen Einbettung',
    noProjection: 'keine: Schichten vergleichen, wie sie sind',
    pictures: 'Bilder der Wörter',
    picturesFrom: {
      fonts: { name: 'Handschriften (Fonts)', about: 'zwei Dutzend Schriftarten; Neigung, Tinte und Papier zufällig' },
      strokes: {
        name: 'Striche virtueller Aufnahmen',
        about:
          'aus der Bewegung gezeichnet, die das Signal erzeugte; nur bei virtuellen Korpora und virtuellen Stiften',
      },
      folder: {
        name: 'Ein Ordner mit Wortbildern',
        about: 'eigene Scans: der Dateiname oder eine labels.csv nennt das Wort',
      },
    },
    folder: 'Pfad des Ordners',
    folderHint:
      'Auf dem Rechner, auf dem Kalamos läuft. „Haus.png“ und „Haus_2.png“ zeigen „Haus“; oder eine labels.csv ' +
      'mit Zeilen Datei;Label.',
    imageSize: 'Größe',
    imageSizes: {
      words: { name: 'Wörter', about: 'liest Wörter jeder Länge' },
      letter: { name: 'Einzelne Zeichen', about: 'unterscheidet einzelne Zeichen' },
      tiny: { name: 'Winzig', about: 'zum schnellen Ausprobieren: liest wenig' },
    },
    imageNetwork: 'Während das Netz des Stifts lernt',
    imageNetworks: { frozen: 'Bleibt es, wie es ist', along: 'Lernt es mit' },
    steps: 'Trainingsschritte vorab',
    batchSize: 'Bilder je Schritt',
    learningRate: 'Lernrate',
    variants: 'Bilder je Wort',
    size: 'Größe der gemeinsamen Einbettung',
    letter: 'Werte je Buchstabe',
    errors: 'Gewicht falscher Texte',
    spoilt: 'Falsche Texte je Wort',
    augmentations: 'Augmentierungen',
    augmentationsOf: augmentations,
    picturesOwn: (own: number, labels: number) =>
      own === 0
        ? `in Handschriften (Fonts), ${many(labels, 'Label', 'Labels')}`
        : own === labels
          ? `für alle ${many(labels, 'Label', 'Labels')}`
          : `für ${integer(own)} von ${many(labels, 'Label', 'Labels')}, die anderen in Handschriften (Fonts)`,
  },
  curves: {
    cross: 'Zwischen den beiden Netzen',
    crossLoss: 'Verlust zwischen ihnen',
    taskLoss: 'Leseverlust des Stiftnetzes',
    imageLoss: 'Leseverlust des Bildnetzes',
    distances: 'Abstand der Paare',
    positive: 'gleiches Wort',
    negative: 'anderes Wort',
    distancesAbout: 'Der Abstand zu Bildern desselben Wortes soll unter den zu anderen Wörtern fallen.',
    textsAbout: 'Der Abstand zum eigenen Text soll unter den zu anderen Texten fallen.',
    image: 'Bildnetz allein',
    imageAbout: (cer: string, accuracy: string, pictures: number) =>
      `Es liest ${many(pictures, 'Bild', 'Bilder')}, mit denen es nicht trainiert wurde, mit einer CER von ` +
      `${cer}; ${accuracy} davon ganz richtig.`,
    imageLabelsAbout: (accuracy: string, pictures: number) =>
      `Von ${many(pictures, 'Bild', 'Bildern')}, mit denen es nicht trainiert wurde, liest es ${accuracy} richtig.`,
    stepAxis: 'Schritt',
    told: (name: string, first: string, last: string, low: string, at: number) =>
      `${name}: von ${first} auf ${last}, am niedrigsten ${low} bei ${integer(at)}`,
    table: 'Die Zahlen als Tabelle',
    tableOf: (name: string) => `Zahlen von ${name} nach Epochen`,
    epoch: 'Epoche',
  },
  embedding: {
    title: 'Gemeinsame Einbettung',
    of: (run: string) => `Gemeinsame Einbettung von ${run}`,
    missing,
    about: (other: string) =>
      `Jeder Punkt ist eine Aufnahme, mit der nicht trainiert wurde, jedes Quadrat ${other}. Nah heißt für das ` +
      'Netz ähnlich, fern unähnlich: Nach einem guten Training liegen die Punkte eines Wortes um seine Quadrate ' +
      'und verschiedene Wörter weit auseinander.',
    others: { image: 'ein Bild seines Wortes', text: 'der Text selbst' },
    flat: (size: number, explained: string) =>
      `Eine flache Ansicht: Von ${many(size, 'Wert', 'Werten')} je Punkt zeigen zwei Achsen ${explained} aller ` +
      'Unterschiede. Was sich hier berührt, kann dennoch auseinanderliegen.',
    nearest: (own: number, all: number, other: string) =>
      `${integer(own)} von ${many(all, 'Aufnahme', 'Aufnahmen')} liegen in der ganzen Einbettung am nächsten ` +
      `bei ${other}.`,
    nearestTo: { image: 'einem Bild ihres eigenen Wortes', text: 'ihrem eigenen Text' },
    spread: (own: number, other: number) =>
      `Mittlerer quadratischer Abstand zum eigenen Wort ${decimal(own, 2)}, zu anderen ${decimal(other, 2)}.`,
    key: { pen: 'Aufnahme', image: 'Bild', text: 'Text' },
    unseen: 'nie damit trainiert',
    epoch: (epoch: number) => `Nach Epoche ${integer(epoch)}`,
    epochs: 'Gezeigte Epoche',
    keys:
      'Pfeiltasten verschieben, + und - vergrößern und verkleinern, 0 zeigt alles, N und P gehen von Punkt zu ' +
      'Punkt.',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    all: 'Alles zeigen',
    words: 'Wörter',
    only: (word: string) => `Nur „${word}“`,
    pen: (word: string, writer: string, id: number) => `„${word}“ von ${writer}, Aufnahme ${integer(id)}`,
    image: (word: string) => `Ein Bild von „${word}“`,
    text: (word: string) => `Der Text „${word}“`,
    nearestPoint: {
      image: (word: string) => `am nächsten: ein Bild von „${word}“`,
      text: (word: string) => `am nächsten: der Text „${word}“`,
    },
    open: 'Aufnahme öffnen',
    table: 'Dasselbe als Tabelle',
    columns: { word: 'Wort', recordings: 'Aufnahmen', right: 'Am nächsten beim eigenen Wort' },
    share: (right: number, all: number) => `${integer(right)} von ${integer(all)} (${percent(right / all, 0)})`,
  },
}
