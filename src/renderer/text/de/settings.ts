import type { BackupProgress } from '../../../shared/api/backup.ts'
import type { Theme } from '../../../shared/api/system.ts'
import type { settings as en } from '../en/settings.ts'
import { many } from './many.ts'

const themes: Record<Theme, string> = { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' }
const steps: Record<BackupProgress['step'], string> = {
  files: 'Modelle werden kopiert …',
  database: 'Die Datenbank wird kopiert …',
  checking: 'Die Kopie wird geprüft …',
}
const works: Record<BackupProgress['work'], string> = {
  backup: 'Sicherung wird angelegt',
  restore: 'Sicherung wird bereitgelegt',
}

export const settings: typeof en = {
  settings: {
    reset: 'Zurück zu den üblichen Einstellungen',
    updates: 'Aktualisierungen',
    appearance: 'Darstellung',
    theme: 'Farben',
    themes,
    data: 'Datenordner',
    dataAbout: 'Alle Aufnahmen, Schreiber und Einstellungen liegen in dieser Datenbank, die Modelle im Ordner daneben.',
    openFolder: 'Ordner öffnen',
    logLevel: 'Umfang des Logs',
    logAbout:
      'Das Log zeigt, was Kalamos getan hat und was schiefging. Geschriebener Text und Namen von Schreibern ' +
      'stehen nie darin.',
  },
  backup: {
    title: 'Sicherung',
    about:
      'Eine Sicherung ist eine Datei mit allem: Aufnahmen, Schreibern, Einstellungen und Modellen. Sie kann ' +
      'auch während einer Aufnahme angelegt werden.',
    make: 'Sichern',
    restore: 'Wiederherstellen …',
    works,
    steps,
    makeTitle: 'Alles sichern',
    makeAbout: 'Alles wird in eine neue Zip-Datei kopiert, und die Kopie wird geprüft.',
    place: 'Neue Datei, am besten auf einem anderen Datenträger',
    erased:
      'Wer später gelöscht wird, bleibt in früheren Sicherungen. Diese Sicherungen löschen, oder die Person ' +
      'nach dem Wiederherstellen noch einmal löschen.',
    made: (path: string) => `Die Sicherung ist angelegt und geprüft: ${path}`,
    facts: {
      madeAt: 'Angelegt',
      recordings: 'Aufnahmen',
      writers: 'Schreiber',
      models: 'Modelle',
      size: 'Größe',
      version: 'Version',
    },
    restoreTitle: 'Eine Sicherung wiederherstellen',
    restoreAbout: 'Die Sicherung wird zuerst geprüft. Sie wird wirksam, sobald Kalamos neu startet.',
    from: 'Datei der Sicherung',
    look: 'Ansehen',
    layReady: 'Prüfen und bereitlegen',
    replaces:
      'Beim nächsten Start ersetzt sie, was Kalamos jetzt enthält. Die jetzigen Daten werden in einen Ordner ' +
      'daneben verschoben; gelöscht wird nichts.',
    ready: 'Die Sicherung liegt bereit: Kalamos neu starten, um sie zu verwenden.',
    waiting: (when: string) => `Die Sicherung vom ${when} liegt bereit.`,
    restartHere: 'Sie wird wirksam, sobald Kalamos neu startet.',
    restartThere: 'Sie wird wirksam, sobald Kalamos neu startet: Im Terminal mit Strg-C beenden und dort neu starten.',
    restart: 'Kalamos neu starten',
    leave: 'Nicht wiederherstellen',
    restored: (when: string) => `Die Sicherung vom ${when} wurde wiederhergestellt.`,
    keptIn: (path: string) => `Was vorher da war, liegt in ${path}.`,
  },
  about: {
    title: 'Über Kalamos',
    text:
      'Kalamos zeichnet auf, was Stifte mit Sensoren messen, trainiert für jeden Schreiber ein Modell und liest ' +
      'Wörter, während sie geschrieben werden. Alles bleibt auf diesem Rechner.',
    licence: 'Freie Software unter der MIT-Lizenz.',
    licences: 'Lizenzen',
    own: 'Lizenz von Kalamos',
    notices: 'Mitgelieferte Schriften, Formen und Wortlisten',
    packages: (count: number) => `${many(count, 'Paket', 'Pakete')} von Dritten`,
    search: 'Suchen',
    noText: 'Dieses Paket enthält keinen Lizenztext.',
    notBuilt: 'Die Liste entsteht, wenn Kalamos gebaut wird.',
  },
}
