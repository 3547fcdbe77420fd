import type { FormatCodec } from '../format-codec.ts'
import { kindOf } from '../places.ts'
import { readDigipen, sessionFolders } from './read.ts'
import { unfitForDigipen, writeDigipen } from './write.ts'

/** Folders as the app of STABILO's DigiPen writes them. */
export const digipen: FormatCodec = {
  about: {
    name: 'digipen',
    title: 'DigiPen folders',
    about:
      'A folder for each session with sensor_data.csv, labels.csv and calibration.txt; 13 channels at 100 Hz, ' +
      'in counts.',
    place: 'folder',
    endings: [],
    imports: true,
    exports: true,
    loses: [
      'values between two counts of the converter, and what is beyond its range',
      'channels that a DigiPen has not, and recordings without all of its 13',
      'times of the pen that are no multiples of 10 ms, and times of arrival that do not rise from word to word',
    ],
  },
  unfit: unfitForDigipen,
  read: (path, options) => readDigipen(path, options),
  write: (context) => writeDigipen(context),
  looksLike: async (path, signal) =>
    (await kindOf(path)) === 'folder' && (await sessionFolders(path, signal)).length > 0,
}
