import type { shell as en } from '../en/shell.ts'
import { many } from './many.ts'

const keys: Record<string, string> = {
  Space: 'Leertaste',
  Enter: 'Eingabe',
  Backspace: '⌫',
  PageDown: 'Bild ab',
  PageUp: 'Bild auf',
  Delete: 'Entf',
  Home: 'Pos1',
  End: 'Ende',
  Ctrl: 'Strg',
  Shift: 'Umschalt',
}
const sensors: Record<string, string> = {
  acc: 'Beschleunigung',
  acc1: 'Beschleunigung vorn',
  acc2: 'Beschleunigung hinten',
  gyro: 'Gyroskop',
  mag: 'Magnetometer',
  force: 'Schreibdruck',
}

export const shell: typeof en = {
  app: {
    name: 'Kalamos',
    pages: {
      devices: 'Geräte',
      record: 'Aufnehmen',
      recordings: 'Aufnahmen',
      train: 'Trainieren',
      recognise: 'Erkennen',
      adapt: 'Anpassen',
      protocols: 'Protokolle',
      settings: 'Einstellungen',
    },
    navigation: 'Seiten',
    skip: 'Zum Inhalt springen',
    virtual: 'virtuell',
    virtualHint: 'Von einer Simulation erzeugt, nicht von einem Menschen',
    reenacted: 'nachgestellt',
    reenactedHint: 'Der Stiftweg eines Menschen mit simulierten Sensoren',
    cancel: 'Abbrechen',
    close: 'Schließen',
    delete: 'Löschen',
    save: 'Speichern',
    undo: 'Rückgängig',
    none: 'Keine',
    language: 'Sprache',
    systemLanguage: 'Wie das System',
    keys,
    sensor: (name: string) => sensors[name] ?? name,
  },
  connection: {
    connecting: 'Verbindung zu Kalamos wird aufgebaut …',
    unreachable: 'Kalamos ist nicht erreichbar.',
    lost: 'Kalamos antwortet nicht. Ob etwas aufgenommen wird, ist nicht bekannt.',
    lostInSession:
      'Kalamos antwortet nicht. Ob etwas aufgenommen wird, ist nicht bekannt: Bitte nicht weiterschreiben lassen.',
    stop: 'Bitte nicht weiterschreiben',
    stopWhy:
      'Kalamos antwortet nicht; ob etwas aufgenommen wird, ist nicht bekannt. Dieser Hinweis verschwindet von ' +
      'selbst, sobald Kalamos wieder da ist.',
    back: 'Kalamos antwortet wieder.',
    backInSession:
      'Kalamos antwortet wieder, und die Sitzung lief weiter: Die letzten Wörter zeigen, was aufgenommen wurde.',
    retryIn: (seconds: number) => `Neuer Versuch in ${seconds} s`,
    retry: 'Jetzt versuchen',
    refusedTitle: 'Diese Seite hat keinen Zugang',
    refused:
      'Kalamos ist nur unter der Adresse zugänglich, die es beim Start ausgegeben hat. Diese endet mit einem ' +
      'Schlüssel; hier fehlt er, oder er stammt von einem früheren Start.',
    refusedSteps: [
      'Im Terminal, in dem Kalamos läuft, die ausgegebene Adresse öffnen, vollständig mit allem, was auf ' +
        '„#token=“ folgt.',
      'Oder in einem Fenster dieses Browsers, in dem Kalamos schon offen ist, unten „Weiteres Fenster“ wählen.',
      'Läuft Kalamos nicht mehr, mit „npm start -- --browser“ neu starten.',
    ],
    retrySession: 'Erledigt, noch einmal versuchen',
  },
  interrupted: {
    label: 'Unterbrochen',
    version: (number: number, writer: string) =>
      `Version ${number} von ${writer} wurde unterbrochen, als Kalamos geschlossen wurde.`,
    training: (name: string) => `Das Training „${name}“ wurde unterbrochen, als Kalamos geschlossen wurde.`,
    many: (count: number) =>
      `${many(count, 'Training wurde', 'Trainings wurden')} unterbrochen, als Kalamos geschlossen wurde.`,
    show: 'Zeigen',
    goOn: 'Fortsetzen',
    putAside: 'Nicht mehr darauf hinweisen',
  },
  status: {
    label: 'Was gerade geschieht',
    pens: (count: number, away: number) =>
      [
        ...(count > 0 || away === 0
          ? [count === 0 ? 'Kein Stift verbunden' : `${many(count, 'Stift', 'Stifte')} verbunden`]
          : []),
        ...(away > 0 ? [`${many(away, 'Stift', 'Stifte')} abgezogen`] : []),
      ].join(', '),
    training: (name: string) => `Training „${name}“`,
    noTraining: 'Kein Training',
    recording: (done: number, all: number) => `Aufnahme ${done} von ${all}`,
    between: (done: number, all: number) => `Sitzung: ${done} von ${all}, zurzeit keine Aufnahme`,
    notRecording: 'Keine Aufnahme',
    pensUnknown: 'Stifte: nicht bekannt',
    recordingUnknown: 'Aufnahme: nicht bekannt',
    trainingUnknown: 'Training: nicht bekannt',
    notices: 'Meldungen',
    noNotices: 'Noch keine Meldungen. Gezeigte stehen hier zum Nachlesen.',
    clearNotices: 'Leeren',
    log: 'Log',
    shortcuts: 'Tastenkürzel',
    anotherWindow: 'Weiteres Fenster',
  },
  shortcuts: {
    title: 'Tastenkürzel',
    everywhere: 'Überall',
    goTo: (page: string) => `Zu „${page}“`,
    list: 'Diese Liste',
    help: 'Wozu diese Seite da ist',
    recording: 'Während der Aufnahme',
    next: 'Wort beenden, zum nächsten',
    redo: 'Letztes Wort verwerfen und neu schreiben',
    skipWord: 'Wort überspringen',
    rest: 'Pause machen',
    note: 'Etwas notieren',
    stop: 'Sitzung beenden',
  },
}
