import type { DeviceKind, DeviceState } from '../../../shared/api/devices.ts'
import type { Finding } from '../../../shared/api/system.ts'
import type { devices as en } from '../en/devices.ts'
import { many } from './many.ts'

const deviceStates: Record<DeviceState, string> = {
  available: 'Geschlossen',
  opening: 'Wird geöffnet',
  streaming: 'Sendet',
  silent: 'Stumm',
  lost: 'Abgezogen',
  failed: 'Fehlgeschlagen',
}
const deviceKinds: Record<DeviceKind, string> = {
  serial: 'Serielle Schnittstelle',
  hid: 'USB (HID)',
  replay: 'Wiedergabe',
  virtual: 'Virtueller Stift',
}
const topics: Record<Finding['topic'], string> = {
  runtime: 'Laufzeit',
  'pen access': 'Zugriff auf Stifte',
  compute: 'Rechnen',
  database: 'Datenbank',
  log: 'Log',
  browser: 'Browser',
}

export const devices: typeof en = {
  devices: {
    states: deviceStates,
    kinds: deviceKinds,
    scan: 'Erneut suchen',
    scanning: 'Suche läuft …',
    addReplay: 'Wiedergabe hinzufügen',
    addVirtual: 'Virtuellen Stift hinzufügen',
    emptyTitle: 'Kein Stift gefunden',
    empty:
      'Ein per USB angesteckter Stift erscheint hier. Alles lässt sich auch ohne versuchen: Ein virtueller ' +
      'Stift simuliert einen Schreiber, der das Gewünschte schreibt; seine Daten werden wie die eines echten ' +
      'Stifts verarbeitet.',
    open: 'Öffnen',
    closeDevice: 'Schließen',
    remove: 'Entfernen',
    more: (name: string) => `Mehr zu ${name}`,
    profile: 'Profil',
    noProfile: 'Profil wählen',
    editProfile: 'Profil bearbeiten',
    chooseFirst: 'Erst ein Profil wählen, das beschreibt, wie dieses Gerät zu lesen ist; dann öffnen.',
    showSignal: 'Signal zeigen',
    hideSignal: 'Signal verbergen',
    showSignals: 'Alle Signale zeigen',
    hideSignals: 'Alle Signale verbergen',
    rate: 'Rate',
    rateOf: (measured: string, nominal: string) => `${measured} von ${nominal} Hz`,
    jitter: 'Jitter',
    jitterOf: (measured: string, step: string) => `±${measured} ms um ${step} ms`,
    lost: 'Verlorene Frames',
    away: 'Abgezogen für',
    lostOf: (lost: string, all: string) => `${lost} von ${all}`,
    badBytes: 'Fehlerhafte Bytes',
    clockJumps: 'Sprünge der Stiftuhr',
    drift: 'Uhrendrift',
    battery: 'Akku',
    unknown: 'noch nicht gemessen',
    record: 'Damit aufnehmen',
  },
  firstSteps: {
    title: 'Erste Schritte',
    pen: 'Einen Stift anstecken oder einen virtuellen hinzufügen',
    read: 'Auf der Seite „Erkennen“ das Lesen starten',
    write: 'Ein Wort schreiben: Es erscheint als Text',
    record: 'Einige Wörter aufnehmen',
    train: 'Ein Modell damit trainieren',
    done: 'erledigt',
  },
  virtualPen: {
    title: 'Virtuellen Stift hinzufügen',
    about: 'Ein simulierter Schreiber mit einem simulierten Stift. Alles Geschriebene ist als virtuell gekennzeichnet.',
    seed: 'Nummer des Schreibers',
    seedHint: 'Dieselbe Nummer ergibt immer dieselbe Handschrift.',
    another: 'Anderer Schreiber',
    hand: 'Händigkeit',
    hands: { any: 'Beliebig', right: 'Rechtshändig', left: 'Linkshändig' },
    add: 'Hinzufügen und öffnen',
  },
  replay: {
    title: 'Wiedergabe hinzufügen',
    about: 'Eine Wiedergabe spielt gespeicherte Aufnahmen ab, als schriebe ein Stift sie jetzt.',
    from: 'Was abgespielt wird',
    session: 'Eine gespeicherte Sitzung',
    file: 'Eine Datei mit Aufnahmen',
    noSessions: 'Noch ist keine Sitzung gespeichert.',
    sessionName: (id: number, writer: string, count: number) =>
      `${id}: ${writer}, ${many(count, 'Aufnahme', 'Aufnahmen')}`,
    path: 'Pfad einer NDJSON-Datei, auch mit gzip gepackt',
    pathHint: 'Auf dem Rechner, auf dem Kalamos läuft',
    speed: 'Tempo',
    speedHint: '1 ist Echtzeit, 10 ist zehnmal so schnell',
    add: 'Hinzufügen und öffnen',
  },
  profile: {
    title: 'Geräteprofil',
    about: 'Wie Geräte dieser Art gelesen werden. Änderungen gelten ab dem nächsten Öffnen.',
    name: 'Name',
    id: 'Kennung der Kopie',
    codec: 'Codec',
    transport: 'Übertragung',
    baudRate: 'Baudrate',
    rateHz: 'Rate (Hz)',
    channels: 'Kanäle',
    channel: { name: 'Name', unit: 'Einheit', bias: 'Nullpunkt', scale: 'Faktor', range: 'Bereich' },
    formula: 'Wert = (Rohwert − Nullpunkt) × Faktor; bei ± Bereich gilt ein Wert als übersteuert',
    longAxis: 'Längsachse des Stifts',
    longAxisHint:
      'Die Achse der Sensoren, die von der Spitze zum Ende des Stifts zeigt, so wie die Platine eingebaut ist',
    addChannel: 'Kanal hinzufügen',
    removeChannel: (name: string) => `${name} entfernen`,
    segmentation: 'Wo ein Wort endet',
    by: 'Erkannt an',
    bys: { force: 'Schreibdruck', vibration: 'Vibration', motion: 'Bewegung' },
    threshold: 'Schwelle',
    pauseMs: 'Pause (ms)',
    minimumMs: 'Kürzestes Wort (ms)',
    copy: 'Als Kopie speichern',
    reset: 'Auf mitgelieferte Werte zurücksetzen',
    remove: 'Profil löschen',
    builtIn: 'mitgeliefert',
  },
  doctor: {
    title: 'Systemprüfung',
    again: 'Erneut prüfen',
    looking: 'Wird geprüft …',
    topics,
    ok: 'vorhanden',
    missing: 'fehlt',
    summary: (ok: number, all: number) => `${ok} von ${all} vorhanden`,
    database: 'Datenbank',
  },
  updates: {
    title: (version: string) => `Kalamos ${version}`,
    look: 'Nach Aktualisierungen suchen',
    about:
      'Beim Start und einmal am Tag fragt Kalamos dann bei GitHub nach einer neueren Version. Ohne Rückfrage ' +
      'wird nichts heruntergeladen oder installiert. Solange dies aus ist, nimmt Kalamos zu niemandem ' +
      'Verbindung auf.',
    byHand:
      'Für eine neuere Version „git pull“ im Ordner von Kalamos ausführen und neu starten. Von sich aus sucht ' +
      'Kalamos nie danach.',
  },
}
