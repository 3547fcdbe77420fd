import type { exchange as en } from '../en/exchange.ts'
import { integer } from '../format.ts'
import { many } from './many.ts'

const counted = (what: string, count: number | null): string => (count === null ? what : `${what} (${integer(count)})`)

export const exchange: typeof en = {
  places: {
    browse: 'Durchsuchen',
    choose: 'Auswählen …',
    chooseOne: { file: 'Datei auswählen …', folder: 'Ordner auswählen …' },
    folder: (path: string) => `Inhalt von ${path}`,
    up: 'Zum Ordner darüber',
    take: 'Diesen Ordner verwenden',
    empty: 'Dieser Ordner ist leer.',
    more: (count: number) => `${integer(count)} weitere stehen nicht in der Liste; bitte den Pfad eingeben.`,
    machine: 'Auf dem Rechner, auf dem Kalamos läuft',
    fileFromHere: 'Dateien dieses Rechners …',
    folderFromHere: 'Ordner dieses Rechners …',
    drop: 'oder hier ablegen',
    noFiles: 'Darin ist keine Datei.',
    sending: (name: string) => `${name} wird gesendet`,
    toHere: 'Auf diesen Rechner',
    comesHere: 'Wird von diesem Browser heruntergeladen, sobald alles geschrieben ist',
  },
  formats: {
    names: {
      digipen: 'DigiPen-Ordner',
      onhw: 'OnHW',
      rewi: 'REWI-Aufbau',
      ndjson: 'NDJSON',
      csv: 'CSV',
      parquet: 'Parquet',
      npz: 'NPZ (numpy)',
      xdf: 'XDF',
    },
    about: {
      digipen: 'Ein Ordner je Sitzung, wie ihn die App des Stifts schreibt: Messwerte, Labels, Kalibrierung.',
      onhw: 'Die öffentlichen Datensätze von STABILO und Fraunhofer: Wörter, Zeichen, Symbole, Gleichungen.',
      rewi:
        'Datensätze für das Training von REWI und ähnlichen Netzen: Annotationen und eine Tabelle je Aufnahme, in ' +
        'Folds.',
      ndjson: 'Ein JSON-Objekt je Zeile, auch mit gzip gepackt.',
      csv: 'Eine Texttabelle mit einer Zeile je Frame. Bei fremden Tabellen ist anzugeben, was jede Spalte enthält.',
      parquet: 'Eine Tabelle mit einer Zeile je Aufnahme, für pandas, Polars, DuckDB und Spark.',
      npz: 'Arrays für numpy.',
      xdf: 'Datenströme, wie LabRecorder sie schreibt.',
    },
    loses: {
      digipen:
        'Nicht enthalten: Werte zwischen zwei Stufen der Wandler oder außerhalb ihres Bereichs, andere Kanäle ' +
        'als die 13 eines DigiPen, Zeiten außerhalb des Rasters von 10 ms.',
      rewi: 'Ohne Zeiten und Lücken, und nur für Aufnahmen mit Label und den 13 Kanälen eines DigiPen.',
      csv:
        'Ohne Profil, Anfang, Ende, Notizen und Einwilligungen der Sitzungen (sie stehen im Datenblatt), bei ' +
        'gemischten Stiften auch ohne die Reihenfolge der Kanäle.',
    },
    exact: 'Nichts geht verloren: Es lässt sich genau so wieder importieren.',
  },
  encodings: {
    read: 'Als Windows-1252 lesen',
    label: 'Zeichenkodierung',
    hint: 'Für Dateien, die sie nicht selbst angeben',
    names: { 'utf-8': 'UTF-8', 'windows-1252': 'Windows-1252 (ältere Windows-Programme)' },
  },
  importing: {
    title: 'Aufnahmen importieren',
    about:
      'Schon Vorhandenes wird nicht doppelt übernommen. Aus einer beschädigten Datei wird alles Unbeschädigte ' +
      'übernommen; von einem abgebrochenen Import bleibt nichts.',
    path: 'Pfad der Datei oder des Ordners',
    format: 'Format',
    auto: 'Erkennen',
    recognised: (format: string) => `Erkannt als ${format}`,
    unrecognised: (path: string) => `${path} passt zu keinem der Formate.`,
    chooseFormat: 'Das Format wählen oder eine andere Datei oder einen anderen Ordner.',
    looking: 'Wird durchgesehen …',
    stopLooking: 'Durchsehen beenden',
    stoppedLooking: 'Die Datei wurde nicht ganz durchgesehen.',
    lookAgain: 'Noch einmal durchsehen',
    preview: 'Was übernommen würde',
    seenAll: 'Alles wurde durchgesehen.',
    seenPart: (share: string) => `Durchgesehen wurden die ersten ${share}.`,
    nothingNew: 'Alles davon ist schon vorhanden.',
    figures: {
      recordings: 'Aufnahmen',
      known: 'Schon bekannt',
      refused: 'Ausgelassen',
      writers: 'Schreiber',
      labels: 'Labels',
      signals: 'Signale',
    },
    unlabelled: (count: number) => `${integer(count)} ohne`,
    moreWriters: (count: number) => `und ${integer(count)} weitere`,
    signal: (rate: string, channels: number) => `${rate} Hz, ${many(channels, 'Kanal', 'Kanäle')}`,
    first: 'Die ersten Aufnahmen',
    columns: {
      signal: 'Signal',
      label: 'Label',
      writer: 'Schreiber',
      device: 'Stift',
      frames: 'Frames',
      rate: 'Rate',
      channels: 'Kanäle',
    },
    known: 'bekannt',
    unlabelledOne: 'ohne Label',
    lost: (count: number) => `${integer(count)} verloren`,
    wouldRefuse: (count: number) => `${many(count, 'würde', 'würden')} ausgelassen:`,
    more: 'Weitere Einstellungen',
    prefix: 'Vor jedes Pseudonym setzen',
    prefixHint: 'Damit w01 aus einem anderen Labor nicht mit dem eigenen w01 verwechselt wird',
    allStreams: 'Auch Datenströme übernehmen, deren Kanäle nicht nach einem Sensor eines Stifts benannt sind',
    namesakes: (names: string, count: number) =>
      count === 1
        ? `Jemand mit dem Pseudonym ${names} ist schon da.`
        : `Schreiber mit den Pseudonymen ${names} sind schon da.`,
    namesakesAsk: 'Sind es dieselben Personen?',
    namesakesOthers: 'Es sind andere Personen; sie bekommen andere Pseudonyme',
    namesakesStill: 'Dieses Pseudonym ist schon vergeben.',
    namesakesSame: 'Es sind dieselben Personen; ihre Aufnahmen werden zusammengeführt',
    strict: 'Nichts übernehmen, wenn etwas ausgelassen würde',
    start: 'Importieren',
    working: (recordings: number) => `Import läuft … bisher ${many(recordings, 'neue Aufnahme', 'neue Aufnahmen')}`,
    cancel: 'Import abbrechen',
    cancelled: 'Abgebrochen; nichts wurde übernommen.',
    done: (imported: number, duplicates: number) =>
      `${many(imported, 'Aufnahme', 'Aufnahmen')} importiert, ${integer(duplicates)} schon bekannt.`,
    refused: (count: number) => `${integer(count)} ausgelassen:`,
    notes: (count: number) => `Übernommen, mit ${many(count, 'Hinweis', 'Hinweisen')}:`,
    save: 'Liste des Ausgelassenen speichern',
    savePath: 'Pfad einer neuen Textdatei',
    saved: (path: string, lines: number) => `${many(lines, 'Zeile', 'Zeilen')} nach ${path} geschrieben.`,
    another: 'Weitere importieren',
  },
  mapping: {
    title: 'Was jede Spalte enthält',
    about: 'Anhand der Überschriften vermutet; was nicht stimmt, bitte korrigieren.',
    column: 'Spalte',
    examples: 'Beispiele',
    meaning: 'Bedeutung',
    details: 'Einzelheiten',
    roles: {
      none: 'Unbenutzt',
      channel: 'Kanal',
      time: 'Zeit',
      recording: 'Trennt Aufnahmen',
      label: 'Label',
      writer: 'Schreiber',
    },
    roleOf: (column: string) => `Bedeutung von ${column}`,
    nameOf: (column: string) => `Kanal in ${column}`,
    unitOf: (column: string) => `Einheit von ${column}`,
    steps: { s: 'Sekunden', ms: 'Millisekunden', us: 'Mikrosekunden', ns: 'Nanosekunden', clock: 'Uhrzeit' },
    chooseStep: 'Einheit wählen',
    delimiter: 'Zwischen Zellen',
    delimiters: { ',': 'Komma', ';': 'Semikolon', '\t': 'Tabulator', '|': 'Senkrechter Strich', ' ': 'Leerzeichen' },
    decimal: 'Dezimaltrennzeichen',
    decimals: { '.': 'Punkt (0.5)', ',': 'Komma (0,5)' },
    rate: 'Frames je Sekunde',
    rateHint: 'Wo keine Spalte die Zeit ist',
    writer: 'Pseudonym für alle',
    writerHint: 'Wo keine Spalte eines nennt',
    label: 'Label für alle',
    device: 'Stift',
  },
  exporting: {
    open: 'Exportieren …',
    title: 'Aufnahmen exportieren',
    about: 'In eine neue Datei oder einen neuen Ordner, mit Datenblatt. Nie wird etwas überschrieben.',
    format: 'Format',
    what: 'Welche',
    whats: {
      selected: (count: number | null) => counted('Ausgewählte', count),
      filtered: (count: number | null) => counted('Gefilterte', count),
      all: (count: number | null) => counted('Alle', count),
    },
    spreadsheet: 'Sicher für Tabellenprogramme',
    spreadsheetHint:
      'Texte, die ein Tabellenprogramm für Formeln hielte, etwa =1+2, beginnen mit einem Apostroph. Sie sind ' +
      'dann nicht genau die aufgenommenen: Soll die Datei wieder importiert werden, bitte ausgeschaltet lassen.',
    leavesOut: (count: number, reason: string) =>
      `${many(count, 'Aufnahme wird', 'Aufnahmen werden')} ausgelassen: ${reason}`,
    path: { file: 'Pfad der neuen Datei', folder: 'Pfad des neuen Ordners' },
    suggested: 'aufnahmen',
    holdout: 'Zurückgehaltene Schreiber (%)',
    holdoutHint: 'Werden nie zum Training verwendet',
    folds:
      'Fünf Folds werden ausgelost, nach Schreibern (Stifte gleich verteilt) und nach Wörtern; danach ändern ' +
      'sie sich nie.',
    foldsFrozen: (writers: number, words: number, held: string) =>
      `Die Folds stehen fest: ${many(writers, 'Schreiber', 'Schreiber')} und ${many(words, 'Wort', 'Wörter')} ` +
      `bleiben, wo sie sind; zurückgehalten: ${held}. Neues kommt hinzu.`,
    foldsLate:
      'Solange die Folds nicht feststehen, kann ein Modell mit Schreibern trainiert werden, die später ' +
      'zurückgehalten werden.',
    foldsKept: (percent: number) =>
      `Wer hinzukommt, erhält mit der ersten Sitzung einen Platz; ${integer(percent)} % der Schreiber werden ` +
      'zurückgehalten.',
    freeze: 'Folds jetzt festlegen',
    touched: (models: string[]) =>
      `Modelle, die vor dem Zurückhalten mit ihnen trainiert wurden: ${models.join(', ')}.`,
    touchedHint: 'An diesen Schreibern darf ein solches Modell nicht gemessen werden. Bitte ohne sie neu trainieren.',
    nobody: 'niemand',
    licence: 'Lizenz',
    licenceHint: 'Was andere mit den Daten tun dürfen',
    notes: 'Anmerkungen',
    notesHint: 'Für das Datenblatt: wo und wie erhoben, an wen man sich wendet',
    start: 'Exportieren',
    working: (recordings: number) => `Export läuft … bisher ${many(recordings, 'Aufnahme', 'Aufnahmen')}`,
    cancel: 'Export abbrechen',
    cancelled: 'Abgebrochen; nichts wurde geschrieben.',
    done: (recordings: number, size: string) => `${many(recordings, 'Aufnahme', 'Aufnahmen')} exportiert, ${size}.`,
    files: 'Geschrieben',
    refused: (count: number) => `Ausgelassen, weil es nicht in dieses Format passt: ${integer(count)}`,
    another: 'Noch einmal exportieren',
    megabytes: (size: string) => `${size} MB`,
  },
  writerExport: {
    open: (name: string) => `Alle Daten von ${name} aushändigen`,
    title: (name: string) => `Alle Daten von ${name} aushändigen`,
    about:
      'Ein Ordner mit Angaben, Einwilligungen, Sitzungen, Antworten, Notizen und gelernten Wörtern der Person ' +
      'und mit jeder Aufnahme.',
    done: (name: string, sessions: number, recordings: number) =>
      `Daten von ${name} geschrieben: ${many(sessions, 'Sitzung', 'Sitzungen')}, ` +
      `${many(recordings, 'Aufnahme', 'Aufnahmen')}.`,
  },
}
