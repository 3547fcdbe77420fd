import type { Handedness } from '../../../shared/api/writers.ts'
import { many } from './many.ts'

const handedness: Record<Handedness, string> = { right: 'Right-handed', left: 'Left-handed', unknown: 'Hand not told' }

export const writers = {
  writers: {
    states: handedness,
    choose: 'Choose a writer',
    new: 'New writer',
    name: 'Pseudonym',
    nameHint: 'No real names: a code such as w07',
    hand: 'Handedness',
    short: { right: 'Right', left: 'Left', unknown: 'Not told' },
    create: 'Create writer',
    erase: (name: string) => `Delete ${name} and everything of theirs`,
    eraseText: (count: number) => `${many(count, 'recording')}, consents, answers and notes are deleted for good, down to the bytes in the file. This cannot be taken back.`,
    erased: (name: string, count: number, models: string[]) => `${name} and ${many(count, 'recording')} are deleted.${models.length === 0 ? '' : ` Models that learned from them stay: ${models.join(', ')}.`}`,
    recordings: (count: number) => many(count, 'recording'),
  },
}
