import type { Area } from '../../../shared/api/system.ts'
import type { LogLevel } from '../../../shared/log.ts'
import type { log as en } from '../en/log.ts'

const levels: Record<LogLevel, string> = { error: 'Fehler', warn: 'Warnungen', info: 'Ereignisse', debug: 'Alles' }

const problems: Record<Area, string> = {
  app: 'In Kalamos ging etwas schief.',
  entrypoint: 'Zwischen Kalamos und einem Fenster ging etwas schief.',
  pens: 'Mit einem Stift ging etwas schief.',
  calibration: 'Beim Kalibrieren eines Stifts ging etwas schief.',
  recording: 'Beim Aufnehmen ging etwas schief.',
  reading: 'Beim Lesen ging etwas schief.',
  training: 'Bei einem Training ging etwas schief.',
  adaptation: 'Beim Anpassen ging etwas schief.',
  exchange: 'Beim Import oder Export ging etwas schief.',
  review: 'Beim Durchsehen ging etwas schief.',
  store: 'Mit der Datenbank ging etwas schief.',
  log: 'Mit dem Log ging etwas schief.',
}

export const log: typeof en = {
  log: {
    title: 'Log',
    about:
      'Die letzten 500 Zeilen darüber, was Kalamos getan hat. Geschriebener Text, Labels und Namen von ' +
      'Schreibern stehen nie darin.',
    level: 'Zeigen',
    levels,
    again: 'Neu laden',
    copy: 'Kopieren',
    copied: 'Das Log wurde kopiert.',
    copyPath: 'Pfad kopieren',
    pathCopied: 'Der Pfad wurde kopiert.',
    folder: 'Ordner öffnen',
    entries: 'Einträge des Logs',
    empty: 'Keine Einträge dieser Art.',
    problem: (code: string) => `Das Log ist zurzeit nicht benutzbar (${code}). Kalamos läuft ohne weiter.`,
    show: 'Log zeigen',
    problems,
    goesOn: 'Alles andere läuft weiter. Mehr steht im Log.',
    failing: 'Kalamos muss wegen eines Fehlers beendet werden. Aufgenommenes wird gesichert.',
    failingHint: 'Bitte neu starten; mehr steht im Log.',
  },
}
