import type { Handedness } from '../../../shared/api/writers.ts'
import { integer } from '../format.ts'
import { many } from './many.ts'

const handedness: Record<Handedness, string> = {
  right: 'Right-handed',
  left: 'Left-handed',
  unknown: 'Handedness not known',
}

export const writers = {
  writers: {
    states: handedness,
    choose: 'Choose a writer',
    new: 'New writer',
    name: 'Pseudonym',
    nameHint: 'No real names: a code such as w07',
    hand: 'Handedness',
    short: { right: 'Right', left: 'Left', unknown: 'Unknown' },
    create: 'Create writer',
    erase: (name: string) => `Delete ${name} and everything of theirs`,
    eraseStops: (names: string) =>
      `A training uses recordings of this writer and is stopped: ${names}. If resumed, it starts again without them.`,
    eraseText: (count: number) =>
      `${many(count, 'recording')}, consents, answers, notes and learned words are deleted for good, down to ` +
      'the bytes in the file. This cannot be undone.',
    recordings: (count: number) => many(count, 'recording'),
  },
  manageWriters: {
    open: 'Manage writers',
    title: 'Writers',
    about: 'Correct a pseudonym or a handedness, see what was agreed to, hand over or delete what is stored.',
    handOver: 'What is stored of this person',
    erasing: 'Delete this person',
    nobody: 'Nobody has written yet.',
    search: 'Pseudonym contains',
    noneFound: (text: string) => `No pseudonym contains “${text}”.`,
    agreed: 'What was agreed to',
    consent: (version: string, at: string) => `Version ${version}, agreed to on ${at}`,
    nothingAgreed: 'No consent is stored.',
  },
  erasure: {
    title: (name: string) => `${name} is deleted`,
    about: 'All of this was deleted with the writer, for good. Kalamos keeps no record of it; you can save one here.',
    at: 'Deleted',
    sessions: 'Sessions',
    recordings: 'Recordings',
    frames: 'Frames',
    consents: 'Consents',
    notes: 'Notes',
    bytes: 'Size of the database',
    fromTo: (before: number, after: number) => `${integer(before)} → ${integer(after)} bytes`,
    stopped: 'Trainings that used these recordings and were stopped',
    models: 'Models that were trained or measured on these recordings, and stay',
    runs: 'Trainings whose checkpoints used these recordings, and stay',
    exports: 'Exports that contain these recordings, as far as known; delete them yourself if they are not wanted',
    path: 'Path of a new text file',
    save: 'Save report',
    saved: 'The report is written.',
  },
}
