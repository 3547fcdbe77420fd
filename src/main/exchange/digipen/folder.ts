import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const SENSOR_DATA = 'sensor_data.csv'
export const LABELS = 'labels.csv'
export const CALIBRATION = 'calibration.txt'
export const HEADER = [
  'Millis',
  'Acc1 X',
  'Acc1 Y',
  'Acc1 Z',
  'Acc2 X',
  'Acc2 Y',
  'Acc2 Z',
  'Gyro X',
  'Gyro Y',
  'Gyro Z',
  'Mag X',
  'Mag Y',
  'Mag Z',
  'Force',
  'Time',
] as const
export const LABELS_HEADER = ['Label', 'start', 'stop'] as const

/** Frames of a DigiPen: arrival in ms, counts `[frames, 13]` row by row, and the pen's counter. */
export interface CountedFrames {
  frames: number
  millis: (frame: number) => number
  counts: ArrayLike<number>
  time: (frame: number) => number
}

/**
 * One session as the DigiPen's own app writes it: a folder with `sensor_data.csv`, `labels.csv` and `calibration.txt`,
 * appended word by word.
 */
export class DigipenFolder {
  readonly #folder: string

  /** Makes the folder; throws what the file system throws. */
  constructor(folder: string, calibration: string) {
    this.#folder = folder
    mkdirSync(folder)
    writeFileSync(join(folder, CALIBRATION), calibration)
    writeFileSync(join(folder, SENSOR_DATA), `${HEADER.join(';')}\n`)
    writeFileSync(join(folder, LABELS), `${LABELS_HEADER.join(';')}\n`)
  }

  frames({ frames, millis, counts, time }: CountedFrames): void {
    const width = HEADER.length - 2
    let rows = ''
    for (let frame = 0; frame < frames; frame++) {
      rows += millis(frame)
      for (let at = frame * width; at < (frame + 1) * width; at++) rows += `;${counts[at]!}`
      rows += `;${time(frame)}\n`
    }
    appendFileSync(join(this.#folder, SENSOR_DATA), rows)
  }

  /** The frames of `start <= Millis < stop` are this label. */
  label(label: string, start: number, stop: number): void {
    appendFileSync(join(this.#folder, LABELS), `${label};${start};${stop}\n`)
  }

  /** A file of another kind beside the three. */
  beside(name: string, content: string): void {
    writeFileSync(join(this.#folder, name), content)
  }
}
