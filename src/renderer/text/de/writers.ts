import type { Handedness } from '../../../shared/api/writers.ts'
import type { writers as en } from '../en/writers.ts'
import { many } from './many.ts'

const handedness: Record<Handedness, string> = { right: 'Rechtshändig', left: 'Linkshändig', unknown: 'Händigkeit nicht genannt' }
const recordings = (count: number): string => many(count, 'Aufnahme', 'Aufnahmen')

export const writers: typeof en = {
  writers: {
    states: handedness,
    choose: 'Schreiber wählen',
    new: 'Neuer Schreiber',
    name: 'Pseudonym',
    nameHint: 'Keine echten Namen: ein Kürzel wie w07',
    hand: 'Händigkeit',
    short: { right: 'Rechts', left: 'Links', unknown: 'Nicht genannt' },
    create: 'Schreiber anlegen',
    erase: (name: string) => `${name} mit allen Daten löschen`,
    eraseText: (count: number) => `${recordings(count)}, Einwilligungen, Antworten und Notizen werden endgültig gelöscht, bis auf die Bytes in der Datei. Das lässt sich nicht rückgängig machen.`,
    erased: (name: string, count: number, models: string[]) => `${name} und ${recordings(count)} sind gelöscht.${models.length === 0 ? '' : ` Modelle, die daraus gelernt haben, bleiben: ${models.join(', ')}.`}`,
    recordings,
  },
}
