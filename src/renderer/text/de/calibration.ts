import type { calibration as en } from '../en/calibration.ts'
import { integer } from '../format.ts'

export const calibration: typeof en = {
  calibration: {
    calibrate: 'Kalibrieren',
    title: 'Kalibrierung',
    titleOf: (device: string) => `Kalibrierung von ${device}`,
    about: 'Misst die Fehler der Sensoren und gleicht sie von da an aus, in einem Profil dieses Stifts. Die Werte, wie der Stift sie sendet, lassen sich immer zurückrechnen.',
    start: 'Jetzt kalibrieren',
    skip: 'Diesen Schritt überspringen',
    save: 'Speichern',
    steps: { rest: 'Ruhe', poses: 'Sechs Seiten', turning: 'Drehen' },
    todo: {
      rest: 'Den Stift auf einen Tisch legen und nicht berühren.',
      poses: 'Den Stift nacheinander auf sechs Seiten stillhalten: Spitze unten, Spitze oben und viermal waagerecht, jeweils um ein Viertel gedreht.',
      turning: 'Den Stift langsam in alle Richtungen drehen, fern von Eisen und Magneten.',
    },
    moving: 'Er bewegt sich noch. Auf einem Tisch liegt er still genug, in einer Hand nie.',
    doubtful: (sensors: string) => `Kaum besser: ${sensors}.`,
    doubtfulHint: 'Entweder stimmte das schon, oder der Stift wurde bewegt, wo er stillhalten sollte. Wurde er bewegt, noch einmal kalibrieren.',
    again: 'Noch einmal',
    poses: (count: number, still: boolean) => `${integer(count)} von 6 Seiten. ${still ? 'Jetzt die nächste Seite.' : 'Stillhalten.'}`,
    sensor: 'Sensor',
    before: 'Fehler vorher',
    after: 'Fehler nachher',
  },
}
