import { integer } from '../format.ts'
import { many } from './many.ts'

interface Verdicts {
  good: number
  check: number
  redo: number
  none: number
}

const verdicts = ({ good, check, redo, none }: Verdicts): string =>
  `${integer(good)} good, ${integer(check)} to check, ${integer(redo)} to ` +
  `redo${none === 0 ? '' : `, ${integer(none)} not judged`}`

export const overview = {
  overview: {
    title: 'Overview',
    nothing: 'Nothing matches the filter. Remove a part of it.',
    asTable: 'As a table',
    recordings: 'Recordings',
    writers: 'Writers',
    sessions: 'Sessions',
    written: 'Written',
    lost: 'Frames lost',
    excluded: 'Left out',
    unlabelled: 'Without a label',
    perWriter: 'Recordings per writer',
    perWriterSays: (count: number, virtual: number, reenacted: number) =>
      [
        many(count, 'writer'),
        ...(virtual === 0 ? [] : [`${integer(virtual)} of them virtual`]),
        ...(reenacted === 0 ? [] : [`${integer(reenacted)} of them re-enacted`]),
      ].join(', '),
    writerSays: (name: string, recordings: number, missing: number) =>
      `${name}: ${many(recordings, 'recording')}, ` +
      (missing === 0 ? 'every letter' : `${many(missing, 'letter')} missing`),
    locked: (count: string) => `${count} · held out`,
    lettersOf: (letters: number, all: number) => `${integer(letters)} of ${integer(all)}`,
    letters: 'Letters covered',
    noLetters: 'No recording has a label.',
    lettersSay: (different: number, missing: number) =>
      `${many(different, 'different character')}${missing === 0 ? ', none missing' : `, ${integer(missing)} missing`}`,
    missingLetters: 'Missing',
    missing: (letters: string) => `Missing: ${letters}`,
    letter: (letter: string, count: number) =>
      count === 0 ? `${letter}: missing` : `${letter}: ${many(count, 'time')}`,
    letterColumn: 'Letter',
    times: 'Times',
    kinds: { capitals: 'Capital letters', small: 'Small letters', digits: 'Digits', others: 'Others' },
    durations: 'Durations',
    durationsSay: (mean: string) => `A recording lasts ${mean} on average`,
    bin: (from: string, to: string, count: number) => `${from} to ${to}: ${many(count, 'recording')}`,
    over: (from: string, count: number) => `Longer than ${from}: ${many(count, 'recording')}`,
    longerThan: (from: string) => `over ${from}`,
    quality: 'Quality per session',
    qualitySays: (all: Verdicts) => verdicts(all),
    sessionSays: (name: string, all: Verdicts) => `${name}: ${verdicts(all)}`,
    newest: (shown: number, all: number) => `The newest ${integer(shown)} of ${many(all, 'session')}`,
    reasons: 'What is wrong with recordings',
    reasonsSay: 'Reasons of quality verdicts, and of recordings left out; a recording may have several',
    reasonSays: (reason: string, count: number) => `${reason}: ${many(count, 'recording')}`,
    leftOut: (count: string) => `${count} left out`,
    exclusionSays: (reason: string, count: number) => `${reason}: ${many(count, 'recording')} left out`,
  },
}
