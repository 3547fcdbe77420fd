import type { Language } from '../../../shared/api/system.ts'

/** A question that is answered with one of two buttons; `detail` says what follows from a yes. */
export interface Question {
  message: string
  detail: string
  yes: string
  no: string
}

interface UpdateText {
  download(version: string): Question
  install(version: string): Question
}

export const UPDATE_TEXTS: Record<Language, UpdateText> = {
  en: {
    download: (version) => ({
      message: `Kalamos ${version} is there.`,
      detail: 'It is downloaded while you go on working. You are asked again before it is installed.',
      yes: 'Download',
      no: 'Not now',
    }),
    install: (version) => ({
      message: `Kalamos ${version} is downloaded.`,
      detail: 'Kalamos closes, is replaced, and opens again. Your recordings and models stay as they are.',
      yes: 'Install now',
      no: 'Later',
    }),
  },
  de: {
    download: (version) => ({
      message: `Kalamos ${version} ist da.`,
      detail: 'Das Herunterladen läuft nebenher. Vor dem Installieren wird noch einmal gefragt.',
      yes: 'Herunterladen',
      no: 'Jetzt nicht',
    }),
    install: (version) => ({
      message: `Kalamos ${version} ist heruntergeladen.`,
      detail:
        'Kalamos schließt sich, wird ersetzt und öffnet sich wieder. Aufnahmen und Modelle bleiben, wie sie sind.',
      yes: 'Jetzt installieren',
      no: 'Später',
    }),
  },
}
