import type { Language } from '../../../shared/api/system.ts'

/** What Kalamos says in dialogs and windows that are not of its page. */
export interface DialogText {
  cannotStart: string
  /** An error that reached nobody. `path` is that of the log. */
  defect: { title: string; text(path: string): string }
  /** A second start while another database is open. `open` and `asked` are paths. */
  otherDatabase: { message: string; detail(open: string, asked: string): string; stay: string; change: string }
  closing: { language: Language; saving: string; reopening: string }
  /** `reason` is Chromium's word for it. An installed app has no npm to be started with. */
  crashing: { title: string; text(reason: string, isInstalled: boolean): string }
}

export const DIALOG_TEXTS: Record<Language, DialogText> = {
  en: {
    cannotStart: 'Kalamos cannot start',
    defect: {
      title: 'Kalamos has to end because of a defect',
      text: (path) => `What was recorded is saved. The log says more: ${path}`,
    },
    otherDatabase: {
      message: 'Kalamos already has another database open.',
      detail: (open, asked) =>
        `Open is\n${open}\n\nYou asked for\n${asked}\n\nOne Kalamos opens one database. A running session or ` +
        'training is saved and ends when you change; a training can be resumed.',
      stay: 'Stay with the Open One',
      change: 'Close It and Open the Other',
    },
    closing: {
      language: 'en',
      saving: 'Kalamos is saving and closing. This takes up to half a minute.',
      reopening: 'It opens again afterwards.',
    },
    crashing: {
      title: 'The window of Kalamos keeps crashing',
      text: (reason, isInstalled) =>
        `Reason: ${reason}. Everything recorded is in the database. ` +
        (isInstalled
          ? 'Start Kalamos again. If that does not help, install it again: the database stays.'
          : 'Start Kalamos again, or open it in the browser with "npm start -- --browser".'),
    },
  },
  de: {
    cannotStart: 'Kalamos kann nicht starten',
    defect: {
      title: 'Kalamos muss wegen eines Fehlers beendet werden',
      text: (path) => `Das Aufgenommene ist gesichert. Mehr steht im Log: ${path}`,
    },
    otherDatabase: {
      message: 'Kalamos hat schon eine andere Datenbank geöffnet.',
      detail: (open, asked) =>
        `Geöffnet ist\n${open}\n\nGefragt war nach\n${asked}\n\nEin Kalamos öffnet eine Datenbank. Eine ` +
        'laufende Sitzung oder ein laufendes Training wird gesichert und endet beim Wechsel; ein Training lässt ' +
        'sich fortsetzen.',
      stay: 'Bei der geöffneten bleiben',
      change: 'Schließen und die andere öffnen',
    },
    closing: {
      language: 'de',
      saving: 'Kalamos speichert und schließt. Das dauert bis zu einer halben Minute.',
      reopening: 'Danach öffnet es sich wieder.',
    },
    crashing: {
      title: 'Das Fenster von Kalamos stürzt immer wieder ab',
      text: (reason, isInstalled) =>
        `Grund: ${reason}. Alles Aufgenommene ist in der Datenbank. ` +
        (isInstalled
          ? 'Kalamos neu starten. Hilft das nicht, neu installieren: Die Datenbank bleibt.'
          : 'Kalamos neu starten oder mit „npm start -- --browser“ im Browser öffnen.'),
    },
  },
}
