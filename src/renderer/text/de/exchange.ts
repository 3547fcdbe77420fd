import type { exchange as en } from '../en/exchange.ts'
import { integer } from '../format.ts'
import { many } from './many.ts'

export const exchange: typeof en = {
  importing: {
    title: 'NDJSON importieren',
    about: 'Ein JSON-Objekt je Zeile, auch mit gzip gepackt: {id, writer, label, rate_hz, channels, units, samples}. Schon Vorhandenes wird nicht doppelt übernommen.',
    path: 'Pfad der Datei',
    pathHint: 'Auf dem Rechner, auf dem Kalamos läuft',
    start: 'Importieren',
    working: (more: number) => `Import läuft … bisher ${many(more, 'neue Aufnahme', 'neue Aufnahmen')}`,
    done: (imported: number, duplicates: number) => `${many(imported, 'Aufnahme', 'Aufnahmen')} importiert, ${integer(duplicates)} schon bekannt.`,
    refused: (count: number) => `${many(count, 'Zeile', 'Zeilen')} abgelehnt:`,
    line: (line: number, reason: string) => `Zeile ${integer(line)}: ${reason}`,
  },
}
