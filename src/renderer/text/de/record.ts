import type { record as en } from '../en/record.ts'
import { duration, integer, timeOfDay } from '../format.ts'
import { many } from './many.ts'

const words = (count: number): string => many(count, 'Wort', 'Wörter')

export const record: typeof en = {
  record: {
    setUp: 'Sitzung einrichten',
    device: 'Stift',
    chooseDevice: 'Stift wählen',
    noDevice: 'Noch ist kein Stift da.',
    toDevices: 'Zu den Geräten',
    opensIt: 'wird geöffnet',
    writer: 'Schreiber',
    virtualWriter:
      'Ein virtueller Stift schreibt nur für virtuelle Schreiber: Seine Wörter werden nie unter einer echten ' +
      'Person gespeichert.',
    realWriter: 'Eine echte Person; dieser Stift ist virtuell.',
    surface: 'Unterlage',
    surfaceHint: 'Worauf geschrieben wird; wird mit jeder Aufnahme gespeichert',
    surfaces: ['Papier auf hartem Tisch', 'Papierblock', 'Tablet mit matter Folie', 'Whiteboard'],
    words: 'Wörter',
    list: 'Eine Liste',
    own: 'Eigene Wörter',
    ownHint: 'Eine Vorgabe je Zeile',
    ownPlaceholder: 'Kalamos\nTinte\nFederhalter',
    chooseList: 'Liste wählen',
    listName: (name: string, count: number) => `${name} (${integer(count)})`,
    first: 'Wie viele',
    shuffle: 'In zufälliger Reihenfolge',
    advance: 'Ein Wort endet',
    advances: { pause: 'nach einer Pause', key: 'mit einer Taste' },
    start: (count: number) => (count === 0 ? 'Beginnen' : `Mit ${many(count, 'Vorgabe', 'Vorgaben')} beginnen`),
    missing: {
      device: 'Erst einen Stift wählen.',
      writer: 'Erst einen Schreiber wählen.',
      virtualWriter: 'Erst einen virtuellen Schreiber wählen oder anlegen: Dieser Stift ist virtuell.',
      words: 'Erst mindestens ein Wort angeben.',
      protocol: 'Erst ein Protokoll wählen.',
    },
    phases: {
      sessionStep: 'Vor dem nächsten Wort',
      waiting: 'Bereit: jetzt schreiben',
      writing: 'Es wird geschrieben …',
      paused: 'Angehalten: Der Stift ist nicht verbunden',
      done: 'Fertig',
    },
    announce: (prompt: string) => `Zu schreiben: ${prompt}`,
    prompt: 'Zu schreiben',
    position: (index: number, count: number) => `Vorgabe ${integer(index)} von ${integer(count)}`,
    following: 'Danach',
    next: 'Weiter',
    redo: 'Letztes wiederholen',
    skip: 'Überspringen',
    stop: 'Beenden',
    recorded: (count: number) => `${words(count)} aufgenommen`,
    skipped: (count: number) => `${integer(count)} übersprungen`,
    lost: (count: number) => `${many(count, 'Frame', 'Frames')} verloren`,
    lastWords: 'Letzte Wörter',
    noWords: 'Hier erscheinen die Wörter, sobald sie aufgenommen sind.',
    doneTitle: 'Die Sitzung ist vollständig',
    doneText: (count: number) =>
      `${words(count)} aufgenommen. Jetzt ein Modell damit trainieren oder sie erst ansehen.`,
    another: 'Weitere Sitzung',
    look: 'Aufnahmen ansehen',
    train: 'Trainieren',
    signal: 'Signal',
  },
  studio: {
    protocol: 'Ein Protokoll',
    chooseProtocol: 'Protokoll wählen',
    toProtocols: 'Protokolle ansehen oder eines schreiben',
    unfinished: 'Unterbrochene Sitzungen',
    unfinishedOf: (writer: string, protocol: string, done: number, all: number) =>
      `${writer}, ${protocol}: ${integer(done)} von ${integer(all)}`,
    brokenOff: 'Die Sitzung wurde unterbrochen: Kalamos wurde währenddessen beendet',
    brokenOffDone: (writer: string, done: number, all: number) =>
      `${integer(done)} von ${many(all, 'Wort', 'Wörtern')} von ${writer} ${done === 1 ? 'ist' : 'sind'} vollständig.`,
    lastKept: (label: string | null, until: number) =>
      `Das Wort, das gerade geschrieben wurde${label === null ? '' : `, „${label}“`}, ist bis ` +
      `${timeOfDay(until)} gespeichert und als unterbrochen markiert.`,
    nothingOfLast: 'Es wurde gerade kein Wort geschrieben, oder nichts davon war schon gespeichert.',
    brokenOffWriter: 'Die Aufnahme wurde unterbrochen. Einen Augenblick, bitte.',
    resume: 'Fortsetzen',
    resumesWith: (pen: string) => `Mit ${pen}, dem unten gewählten Stift.`,
    opensToResume: (pen: string) => `Mit ${pen}, dem unten gewählten Stift; er wird vorher geöffnet.`,
    abandon: 'Nicht fortsetzen',
    labelChecker: 'Jedes Wort prüfen mit',
    nobodyDoubts: 'Keinem Modell',
    nobodyDoubtsHint: 'Kein Modell prüft, ob das richtige Wort geschrieben wurde.',
    virtualWouldDoubt:
      'Das vorhandene Modell wurde nur mit virtuellen Wörtern trainiert: Bei Menschen würde es oft auch ' +
      'Richtiges beanstanden.',
    doubterHint: 'Es liest jedes Wort. Wörter, die es anders liest, werden markiert.',
    noConsent:
      'Bei einer bloßen Wortliste wird niemand um Einwilligung gebeten. Ein Protokoll fragt danach und ' +
      'speichert, worin eingewilligt wurde.',
    noConsentInProtocol: 'Dieses Protokoll bittet niemanden um Einwilligung.',
    consent: (version: string) => `Einwilligung, Version ${version}`,
    agree: 'Einverstanden',
    disagree: 'Wer nicht einverstanden ist, beendet die Sitzung mit Esc; nichts wird aufgenommen.',
    questions: 'Erst einige Fragen',
    optional: (question: string) => `${question} (freiwillig)`,
    break: 'Eine Pause',
    rest: 'Pause',
    note: 'Notiz',
    noteAbout: 'Sie wird mit der Sitzung und dem letzten Wort gespeichert.',
    writerTitle: 'Was zu schreiben ist',
    writerWindow: 'Vorgabe im eigenen Fenster',
    noSession: 'Hier erscheinen die Vorgaben, sobald eine Sitzung läuft.',
    thanks: 'Danke!',
    moment: 'Einen Augenblick, bitte.',
    block: (name: string, number: number, of: number) => `${name} (${integer(number)} von ${integer(of)})`,
    left: (seconds: number) => `noch ${duration(seconds)}`,
    tally: (check: number, redo: number) => `${integer(check)} zu prüfen, ${integer(redo)} zu wiederholen`,
    levels: { good: 'Gut', check: 'Prüfen', redo: 'Wiederholen' },
  },
}
