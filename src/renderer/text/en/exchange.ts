import { integer } from '../format.ts'
import { many } from './many.ts'

export const exchange = {
  importing: {
    title: 'Import NDJSON',
    about: 'One JSON object a line, also gzipped: {id, writer, label, rate_hz, channels, units, samples}. What is in the store already is not taken twice.',
    path: 'Path of the file',
    pathHint: 'On the machine where Kalamos runs',
    start: 'Import',
    working: (more: number) => `Importing… ${many(more, 'new recording')} so far`,
    done: (imported: number, duplicates: number) => `${many(imported, 'recording')} imported, ${integer(duplicates)} known already.`,
    refused: (count: number) => `${many(count, 'line')} refused:`,
    line: (line: number, reason: string) => `Line ${integer(line)}: ${reason}`,
  },
}
