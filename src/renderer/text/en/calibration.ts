import { integer } from '../format.ts'

export const calibration = {
  calibration: {
    calibrate: 'Calibrate',
    title: 'Calibration',
    titleOf: (device: string) => `Calibration of ${device}`,
    about: 'Measures the errors of the sensors and corrects them from now on, in a profile of this pen. The values as the pen sent them can always be computed back.',
    start: 'Calibrate now',
    skip: 'Skip this step',
    save: 'Save',
    steps: { rest: 'Rest', poses: 'Six sides', turning: 'Turning' },
    todo: {
      rest: 'Lay the pen on a table and do not touch it.',
      poses: 'Hold the pen still on six sides, one after the other: tip down, tip up, and four times level, a quarter turned each time.',
      turning: 'Turn the pen slowly in every direction, away from iron and magnets.',
    },
    moving: 'It still moves. On a table it lies still enough, in a hand never.',
    doubtful: (sensors: string) => `Hardly better: ${sensors}.`,
    doubtfulHint: 'Either this was right already, or the pen was moved where it should have been still. If it was moved, calibrate once more.',
    again: 'Once more',
    poses: (count: number, still: boolean) => `${integer(count)} of 6 sides. ${still ? 'Now the next side.' : 'Hold it still.'}`,
    sensor: 'Sensor',
    before: 'Error before',
    after: 'Error after',
  },
}
