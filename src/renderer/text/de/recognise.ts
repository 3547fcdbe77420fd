import type { recognise as en } from '../en/recognise.ts'
import { integer } from '../format.ts'
import { many } from './many.ts'

export const recognise: typeof en = {
  recognise: {
    model: 'Modell',
    chooseModel: 'Modell wählen',
    device: 'Stift',
    start: 'Lesen starten',
    stop: 'Lesen beenden',
    emptyTitle: 'Kein Modell zum Lesen',
    empty:
      'Das mitgelieferte Grundmodell hinzufügen oder eines aus Aufnahmen trainieren; das dauert Minuten. Dann ' +
      'liest es hier Wörter, während sie geschrieben werden.',
    train: 'Modell trainieren',
    phases: {
      waiting: 'Warten auf den Stift',
      writing: 'Es wird geschrieben …',
      reading: 'Wird gelesen …',
      paused: 'Angehalten: Der Stift ist nicht verbunden',
      stopped: 'Beendet; der Text bleibt',
    },
    unknown: 'Ob gelesen wird, ist nicht bekannt',
    idle: 'Es wird nicht gelesen',
    placeholder: 'Hier erscheint das Geschriebene.',
    text: 'Text',
    copy: 'Kopieren',
    copied: 'Text kopiert.',
    clear: 'Leeren',
    last: 'Letztes Wort',
    confidence: 'Konfidenz',
    confidenceHint:
      'Wie sicher sich das Netz nach eigener Schätzung ist; bei diesem Modell wurde das nicht an ' +
      'zurückgehaltenen Wörtern geprüft',
    calibratedHint: 'Von den zurückgehaltenen Wörtern mit dieser Konfidenz war dieser Anteil richtig',
    latency: 'Latenz',
    latencyHint: (pause: string) =>
      `Vom Augenblick, in dem das Wortende feststand, bis zum Text auf dem Bildschirm. Die Pause von ${pause}, ` +
      'die ein Wort beendet, zählt nicht mit; die letzte Zeile rechnet sie hinzu.',
    afterStroke: (time: string) => `${time} nach dem letzten Strich, mit der Pause`,
    inHost: (latency: string) => `${latency} bis zum Lesen, der Rest bis zur Anzeige`,
    notPainted: 'bis zum Lesen; dieses Fenster hat es nicht angezeigt',
    picked: 'Gewähltes Wort',
    doubtful: 'Zu unsicher zum Raten: bitte das richtige Wort wählen.',
    confirmed: 'Bestätigt.',
    corrected: (was: string) => `Korrigiert; gelesen wurde „${was}“.`,
    kept: 'Als Aufnahme des Schreibers gespeichert.',
    notKept: 'Nicht gespeichert: Kein Schreiber ist gewählt, oder das Signal ist nicht mehr da.',
    alternatives: 'Was es sein könnte',
    rightWord: 'Richtiges Wort eintippen',
    correct: 'Korrigieren',
    undoWord: 'Letztes Wort entfernen',
    undoCorrection: 'Korrektur rückgängig machen',
    undoClear: 'Text zurückholen',
    redoWord: 'Wort wieder einsetzen',
    redoCorrection: 'Wieder korrigieren',
    redoClear: 'Wieder leeren',
    confirm: 'Richtig gelesen',
    howRead: 'Wie es gelesen wurde',
    keys:
      'Tasten: 1 bis 9 wählen eine Lesart, die Eingabetaste bearbeitet oder bestätigt, Tab geht zum vorigen Wort, ' +
      'Esc verlässt das Wort.',
    unknownSigns: (signs) =>
      `Das Modell kennt ${signs} nicht: Dieses Wort kann es erst lesen, wenn es mit Wörtern trainiert wurde, in ` +
      'denen das vorkommt.',
    shortcuts: {
      name: 'Während des Lesens',
      take: 'Eine der Lesarten wählen',
      type: 'Das richtige Wort tippen; ohne Eingabe bestätigen',
      before: 'Das vorige Wort',
      after: 'Das nächste Wort',
      leave: 'Das Wort verlassen',
      undo: 'Den letzten Schritt rückgängig machen',
      redo: 'Ihn wiederholen',
    },
    nobody: 'Niemand Bestimmtes',
    nobodyHint: 'Korrigierte Wörter werden nicht gespeichert',
    pauseLearned: (pause: string) => `Ein Wort endet nach ${pause}, an den Schreiber angepasst`,
    pauseOfProfile: (pause: string) => `Ein Wort endet nach ${pause}, bis die Pausen des Schreibers bekannt sind`,
    length: 'Länge',
    word: 'Wort',
    words: 'Wörter',
    noWords: 'Noch kein Wort gelesen.',
    write: 'Den virtuellen Stift schreiben lassen',
    writePlaceholder: 'Zu schreibender Text',
    writeButton: 'Schreiben',
    notAsAsked: 'Anders als gewünscht',
    writtenAs: (word, written, signs) =>
      `„${word}“ wird als „${written}“ geschrieben: Der virtuelle Stift hat keine Form für ${signs}.`,
    notWritten: (word, signs) => `„${word}“ fehlt: Der virtuelle Stift hat keine Form für ${signs}.`,
    tooLong: (word) => `„${word}“ fehlt: Es ist zu lang für ein Wort.`,
    notReadable: (word, signs) =>
      `„${word}“ kann nicht richtig gelesen werden: Das Modell kennt ${signs} nicht. Bitte ein Modell mit ` +
      'Wörtern trainieren, in denen das vorkommt.',
    missing: { device: 'Erst einen Stift wählen.', model: 'Erst ein Modell wählen, das zum Stift passt.' },
    announce: (word: string) => `Gelesen: ${word}`,
    nothingFits: 'Kein Modell passt zu diesem Stift.',
    trainForPen: 'Eines aus Aufnahmen dieses Stifts trainieren',
    openFirst: 'Was dieser Stift sendet, ist erst bekannt, wenn er offen ist; dann lässt sich ein Modell wählen.',
    openPen: (name: string) => `${name} öffnen`,
    unread: 'nichts gelesen',
  },
  reading: {
    open: 'Wie Wörter gelesen werden',
    title: 'Wie Wörter gelesen werden',
    about: 'Gilt ab dem nächsten Wort, jetzt und bei späterem Lesen.',
    preferLexicon: 'Wörter des Lexikons bevorzugen',
    lexiconHolds: (builtIn: number, own: number) =>
      `${integer(builtIn)} Wörter sind mitgeliefert, ${integer(own)} eigene`,
    lexiconLoaded: (words, of) =>
      `Lexikon geladen: ${many(words, 'verschiedenes Wort', 'verschiedene Wörter')}` +
      (of.length > 0 ? `, ${of.map((language) => ({ de: 'Deutsch', en: 'Englisch' })[language]).join(' und ')}` : '') +
      '.',
    lexiconLacks: (words) =>
      `${many(words, 'weiteres Wort braucht', 'weitere Wörter brauchen')} Zeichen, die das Modell nicht kennt.`,
    lexiconNot: {
      off: 'Ohne Lexikon gelesen.',
      labels: 'Ohne Lexikon gelesen: Dieses Modell liest ganze Labels.',
      alphabet: 'Ohne Lexikon gelesen: Dieses Modell kennt die Buchstaben von kaum einem seiner Wörter.',
      empty: 'Ohne Lexikon gelesen: Keine Sprache ist gewählt, und eigene Wörter gibt es keine.',
    },
    method: 'Dekodierung',
    methods: { greedy: 'Buchstabe für Buchstabe', beam: 'Wahrscheinlichster Text', lexicon: 'Lexikon' },
    methodHints: {
      greedy:
        'Der wahrscheinlichste Buchstabe zu jedem Zeitpunkt, ohne Lexikon: am schnellsten; so werden Werte in ' +
        'der Forschung verglichen.',
      beam: 'Der wahrscheinlichste Text über alle Schreibweisen, mit dem Sprachmodell, wo es eines gibt.',
      lexicon:
        'Der wahrscheinlichste Text; bekannte Wörter sind wahrscheinlicher als andere, häufige am meisten. ' +
        'Jedes andere Wort wird gelesen, wo der Stift deutlich genug ist.',
    },
    doubt: 'Alternativen zeigen unter (%)',
    doubtHint: 'Wörter mit weniger Konfidenz zeigen, was sie sonst sein könnten',
    line: 'Neue Zeile nach (s)',
    lineHint: 'Leer: nie',
    learnPauses: 'Die Pause zwischen Wörtern an den Schreiber anpassen',
    learnPausesHint:
      'Gilt ab dem nächsten Start. Ausschalten bei Schreibern, die innerhalb von Wörtern so lange innehalten ' +
      'wie dazwischen.',
    width: 'Beam-Breite',
    weight: 'Einfluss des Textes',
    weightHint: '0,4 ist ein üblicher Wert, hier nicht abgestimmt',
    lexicon: 'Lexikon',
    lexiconWeight: 'Gewicht des Lexikons',
    lexiconWeightHint: '0,5 las in der Messung am besten',
    languages: {
      de: (words) => `Deutsch, ${many(words, 'Wort', 'Wörter')}`,
      en: (words) => `Englisch, ${many(words, 'Wort', 'Wörter')}`,
    },
    ownWords: 'Eigene Wörter',
    ownCount: (own, learned) =>
      `${many(own, 'eigenes Wort', 'eigene Wörter')}, ${integer(learned)} aus Korrekturen gelernt.`,
    wordsAbout: 'Namen und Fachwörter, die in keinem Wörterbuch stehen. Sie zählen so viel wie alltägliche Wörter.',
    words: 'Eigene Wörter',
    wordsHint: 'Tippen oder einfügen, mit Leerzeichen oder Zeilenumbrüchen dazwischen; Zeichen um ein Wort fallen weg.',
    learned: 'Aus Korrekturen gelernt',
    noLearned: 'Noch keine: Was korrigiert wird und in keiner Liste steht, wird gelernt.',
    forgetWord: (word) => `„${word}“ vergessen`,
    fromFile: 'Durch eine Datei ersetzen',
    fromFileHint: 'Ein Wort je Zeile, in UTF-8, UTF-16 oder Windows-1252; sie tritt an die Stelle der Wörter oben.',
    toFile: 'Als Datei speichern',
    toFileHint: 'Eine neue Datei mit den eigenen und den gelernten Wörtern.',
    wordsSaved: (words, path) => `${many(words, 'Wort', 'Wörter')} in ${path} gespeichert.`,
    saveFile: 'Datei speichern',
    language: 'Text, der lehrt, welcher Buchstabe auf welchen folgt',
    textPath: 'Ein Text ist in UTF-8, UTF-16 oder Windows-1252.',
    noText:
      'Keiner: Buchstaben werden ohne Rücksicht aufeinander gelesen. Der wahrscheinlichste Text und das Lexikon ' +
      'nutzen ihn.',
    textKnown: (name: string, words: number) => `${name}, ${many(words, 'Wort', 'Wörter')}.`,
    take: 'Diese Datei verwenden',
    remove: 'Entfernen',
    save: 'Speichern',
  },
  calibrate: {
    open: 'Segmentierung',
    title: 'Segmentierungsschwellen messen',
    about: 'Misst in zehn Sekunden, wie sich das Signal dieses Stifts beim Schreiben und in Ruhe unterscheidet.',
    how: 'Sechs Sekunden lang einige Wörter schreiben, dann den Stift vier Sekunden still über dem Papier halten.',
    start: 'Beginnen',
    again: 'Noch einmal',
    write: 'Schreiben …',
    rest: 'Stift anheben und stillhalten …',
    levels: 'In Ruhe / beim Schreiben',
    before: (value: string) => `(vorher ${value})`,
    pauseKept: '(unverändert: zu wenige Wörter)',
    take: 'Diese verwenden',
    saved: (name: string) => `Im Profil „${name}“ gespeichert. Gilt, sobald das Lesen neu gestartet wird.`,
    virtualText: 'Hand und',
  },
}
