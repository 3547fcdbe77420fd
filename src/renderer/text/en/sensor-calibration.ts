import { integer } from '../format.ts'

export const calibration = {
  calibration: {
    calibrate: 'Calibrate',
    title: 'Sensor calibration',
    titleOf: (device: string) => `Sensor calibration of ${device}`,
    about:
      'Measures the errors of the sensors and corrects them from now on. The correction is stored in a profile ' +
      'of this pen; with it, the values that the pen sent can always be computed.',
    start: 'Calibrate now',
    skip: 'Skip this step',
    save: 'Save',
    steps: { rest: 'Rest', poses: 'Six sides', turning: 'Turning' },
    todo: {
      rest: 'Lay the pen on a table and do not touch it.',
      poses:
        'Hold the pen still on six sides, one after the other: tip down, tip up, and four times level, a ' +
        'quarter turned each time.',
      turning: 'Turn the pen slowly in every direction, away from iron and magnets.',
    },
    moving: 'The pen is still moving. Lay it on a table: in a hand it is never still enough.',
    doubtful: (sensors: string) => `Hardly improved: ${sensors}.`,
    doubtfulHint:
      'Either this was right already, or the pen moved when it should have been still. If it moved, calibrate again.',
    again: 'Calibrate again',
    poses: (count: number, still: boolean) =>
      `${integer(count)} of 6 sides. ${still ? 'Now the next side.' : 'Hold it still.'}`,
    sensor: 'Sensor',
    before: 'Error before',
    after: 'Error after',
  },
}
