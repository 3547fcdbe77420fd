import type { ModelSize, RunState } from '../../../shared/api/training.ts'
import type { train as en } from '../en/train.ts'
import { integer } from '../format.ts'
import { many } from './many.ts'

const runStates: Record<RunState, string> = {
  queued: 'Wartet',
  preparing: 'Wird vorbereitet',
  running: 'Läuft',
  finished: 'Fertig',
  cancelled: 'Abgebrochen',
  failed: 'Fehlgeschlagen',
  interrupted: 'Unterbrochen',
}
const modelSizes: Record<ModelSize, { name: string; about: string }> = {
  small: { name: 'Klein', about: 'schnell trainiert, für wenige Klassen oder einen ersten Versuch' },
  ott: { name: 'CNN+BiLSTM', about: 'ein veröffentlichtes Standardnetz, 0,4 Mio. Parameter' },
  'rewi-s': { name: 'REWI klein', about: '0,5 Mio. Parameter, besser bei neuen Schreibern' },
  rewi: { name: 'REWI', about: '3,9 Mio. Parameter, braucht viele Daten und viel Zeit' },
}

export const train: typeof en = {
  train: {
    tabs: { new: 'Neues Training', runs: 'Läufe', models: 'Modelle' },
    emptyTitle: 'Noch nichts zum Trainieren',
    empty:
      'Ein Modell wird mit Aufnahmen trainiert, die ein Label haben. Erst einige Wörter aufnehmen oder ' +
      'importieren, dann wiederkommen.',
    data: 'Aufnahmen',
    network: 'Netz',
    measuring: 'Messen',
    learning: 'Lernen',
    name: 'Name des Modells',
    defaultName: (day: string) => `Modell vom ${day}`,
    sizes: modelSizes,
    size: 'Größe',
    task: 'Es liest',
    tasks: { ctc: 'Wörter (CTC)', classes: 'Eines aus einem festen Satz (Klassen)' },
    taskHint: {
      ctc: 'Jede Folge der Buchstaben, die in den Labels vorkommen',
      classes: 'Ganze Labels, jedes eine Klasse: Ziffern, Zeichen, einzelne Buchstaben',
    },
    startFrom: 'Ausgehen von',
    scratch: 'Einem neuen Netz',
    split: 'Zum Messen zurückgehalten',
    splits: { writer: 'Ganze Schreiber', word: 'Ganze Wörter', recording: 'Einzelne Aufnahmen' },
    splitHint: {
      writer: 'Zeigt, wie gut neue Schreiber gelesen werden',
      word: 'Zeigt, wie gut neue Wörter gelesen werden',
      recording: 'Schreiber und Wörter sind aus dem Training bekannt: der leichteste Test',
    },
    heldOut: 'Zurückgehaltener Anteil (%)',
    epochs: 'Epochen',
    batchSize: 'Batchgröße',
    learningRate: 'Lernrate',
    weightDecay: 'Weight Decay',
    warmup: 'Aufwärm-Epochen',
    rateHz: 'Rate (Hz)',
    rateAuto: '100',
    pose: 'Rollwinkel des Stifts',
    poses: { auto: 'Automatisch', 'roll-normalised': 'Roll-normalisiert', 'as held': 'Wie gehalten' },
    poseHint: {
      auto: 'roll-normalisiert, wenn alle Aufnahmen einen dreiachsigen Beschleunigungssensor haben',
      'roll-normalised':
        'nach der Schwerkraft um die Längsachse gedreht: wie der Stift zwischen den Fingern liegt, ist dann gleich',
      'as held': 'jede Art, den Stift zwischen den Fingern zu drehen, muss gelernt werden',
    },
    poseGiven: 'wie im Modell, von dem ausgegangen wird',
    posed: { 'roll-normalised': 'roll-normalisiert', 'as held': 'wie gehalten' },
    augment: 'Augmentieren: Sensoren drehen, Tempo und Rauschen verändern',
    seed: 'Startwert (Seed)',
    backend: 'Backend',
    backends: { auto: 'Bestes vorhandenes', wasm: 'WebAssembly', webgpu: 'WebGPU', cuda: 'CUDA', cpu: 'Nur CPU' },
    threads: 'Threads',
    threadsAuto: 'so viele wie passen',
    more: 'Weitere Einstellungen',
    preview: 'Womit trainiert würde',
    previewing: 'Wird gezählt …',
    trainOn: 'Zum Training',
    holdOut: 'Zurückgehalten',
    writers: 'Schreiber',
    alphabet: 'Alphabet',
    labels: 'Labels',
    channels: 'Kanäle',
    rate: 'Rate',
    leftOut: 'Ausgelassen',
    start: 'Training starten',
    reset: 'Zurück zu den üblichen Einstellungen',
    noData: 'Der Filter lässt keine Aufnahme zum Trainieren übrig.',
  },
  runs: {
    states: runStates,
    emptyTitle: 'Noch kein Training',
    empty: 'Unter „Neues Training“ eines starten.',
    epoch: (done: number, all: number) => `Epoche ${integer(done)} von ${integer(all)}`,
    imageStep: (step: number, steps: number) => `Bildnetz allein, Schritt ${integer(step)} von ${integer(steps)}`,
    imageLearned: (measure: string, figure: string) => `Bildnetz: ${measure} ${figure}`,
    left: (time: string) => `noch etwa ${time}`,
    took: (time: string) => `dauerte ${time}`,
    trainedOn: (trained: number, heldOut: number) =>
      `${many(trained, 'Aufnahme', 'Aufnahmen')}, ${integer(heldOut)} zurückgehalten`,
    cancel: 'Training abbrechen',
    resume: 'Fortsetzen',
    use: 'Damit erkennen',
    reproduce: 'Genau wiederholen: mit denselben Aufnahmen, Einstellungen, Backend und Threads',
    repeats: (name: string | null) =>
      name === null
        ? 'Wiederholt ein früheres Training mit genau dessen Aufnahmen.'
        : `Wiederholt „${name}“ mit genau dessen Aufnahmen.`,
    same: 'Das Ergebnis ist genau dasselbe.',
    notSame:
      'Das Ergebnis weicht ab: Eine andere Version von Kalamos, ein anderer Rechner oder eine andere Zahl von ' +
      'Threads rundet anders.',
    config: 'Einstellungen',
    configAbout: (id: number) =>
      `Lauf ${integer(id)}, wie er gespeichert ist. Im Terminal trainiert train --config <Datei> damit; train ` +
      `--reproduce ${id} wiederholt den Lauf.`,
    configCopy: 'Als JSON kopieren',
    configCopied: 'Einstellungen kopiert.',
    deleted: 'Training gelöscht.',
    ended: {
      finished: (name: string) => `Das Training „${name}“ ist fertig.`,
      failed: (name: string) => `Das Training „${name}“ ist fehlgeschlagen.`,
    },
    endedTitle: { finished: 'Training fertig', failed: 'Training fehlgeschlagen' },
    show: 'Zeigen',
    confirmDelete: (name: string) => `Training „${name}“ löschen?`,
    confirmDeleteText: 'Kurven und Zwischenstände werden gelöscht; ein daraus entstandenes Modell bleibt.',
    loss: 'Verlust',
    trainLoss: 'Training',
    heldOutLoss: 'zurückgehalten',
    errors: 'Fehler bei zurückgehaltenen Aufnahmen',
    cer: 'CER',
    wer: 'WER',
    accuracy: 'Genauigkeit',
    cerLexicon: 'CER, Lexikon',
    heldOut: 'bei zurückgehaltenen Aufnahmen, ohne Lexikon',
    noHeldOut: 'Es wurden keine Aufnahmen zurückgehalten; darum ist nicht bekannt, wie gut das Modell liest.',
    noScores: 'Kurven erscheinen nach der ersten Epoche.',
    backend: 'Backend',
    curves: (name: string, epochs: number) => `Kurven von ${name} über ${many(epochs, 'Epoche', 'Epochen')}`,
    epochAxis: 'Epoche',
  },
}
