import type { calibration as en } from '../en/sensor-calibration.ts'
import { integer } from '../format.ts'

export const calibration: typeof en = {
  calibration: {
    calibrate: 'Kalibrieren',
    title: 'Sensorkalibrierung',
    titleOf: (device: string) => `Sensorkalibrierung von ${device}`,
    about:
      'Misst die Fehler der Sensoren und korrigiert sie von da an. Die Korrektur wird in einem Profil dieses ' +
      'Stifts gespeichert; damit lassen sich die gesendeten Werte jederzeit zurückrechnen.',
    start: 'Jetzt kalibrieren',
    skip: 'Diesen Schritt überspringen',
    save: 'Speichern',
    steps: { rest: 'Ruhe', poses: 'Sechs Seiten', turning: 'Drehen' },
    todo: {
      rest: 'Den Stift auf einen Tisch legen und nicht berühren.',
      poses:
        'Den Stift nacheinander auf sechs Seiten stillhalten: Spitze unten, Spitze oben und viermal waagerecht, ' +
        'jeweils um ein Viertel gedreht.',
      turning: 'Den Stift langsam in alle Richtungen drehen, fern von Eisen und Magneten.',
    },
    moving: 'Der Stift bewegt sich noch. Bitte auf einen Tisch legen: In der Hand ist er nie ruhig genug.',
    doubtful: (sensors: string) => `Kaum verbessert: ${sensors}.`,
    doubtfulHint:
      'Entweder stimmte das schon, oder der Stift wurde bewegt, als er still sein sollte. Wurde er bewegt, noch ' +
      'einmal kalibrieren.',
    again: 'Noch einmal kalibrieren',
    poses: (count: number, still: boolean) =>
      `${integer(count)} von 6 Seiten. ${still ? 'Jetzt die nächste Seite.' : 'Stillhalten.'}`,
    sensor: 'Sensor',
    before: 'Fehler vorher',
    after: 'Fehler nachher',
  },
}
