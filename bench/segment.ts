// How well words are cut out of virtual sentences whose boundaries are known: by tip force, and without it by what ten
// seconds of calibration choose. A word counts when its recording holds all of its strokes and none of a neighbour's,
// which is what reading it takes; `f1_within_150_ms` asks for both ends as well. Real words (pen-computer), where they
// are at hand, are told apart.
//
// usage: npm run bench -- segment [--json] [--writers 20] [--words 40] [--from 1]
import { parseArgs } from 'node:util'
import { PauseEstimate } from '../src/main/segment/index.ts'
import { PEN, sentence, total, f1, findWords, type Found } from '../test/segment/sentences.ts'
import { tellsContact, wholeWords } from './live/pen-computer.ts'
import { CONDITIONS, cutWithoutForce } from './live/without-force.ts'

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    writers: { type: 'string', default: '20' },
    words: { type: 'string', default: '40' },
    from: { type: 'string', default: '1' },
  },
})
const words = Number(options.words)
const writers = Array.from({ length: Number(options.writers) }, (_, i) => i + Number(options.from))

const results = writers.map((writer) => {
  const written = sentence(writer, words, { take: 1 })
  const pauses = new PauseEstimate(PEN.pauseMs)
  findWords(sentence(writer, 20), pauses)
  const learnedMs = pauses.pauseMs
  return {
    writer,
    learnedMs,
    learned: findWords(written, pauses),
    fromStart: findWords(written, new PauseEstimate(PEN.pauseMs)),
    profile: findWords(written),
  }
})
const report = {
  by_force: {
    learned_pause: figures(results.map(({ learned }) => learned)),
    first_sentence: figures(results.map(({ fromStart }) => fromStart)),
    profile_pause: figures(results.map(({ profile }) => profile)),
    pause_ms: { profile: PEN.pauseMs, learned: results.map(({ learnedMs }) => Math.round(learnedMs)) },
  },
  without_force: CONDITIONS.map(({ name, ...condition }) => {
    const cuts = writers.map((writer) => cutWithoutForce(writer, words, condition))
    const chosen = Map.groupBy(cuts, ({ by }) => by ?? 'calibration failed')
    return {
      name,
      chosen: Object.fromEntries([...chosen].map(([by, all]) => [by, all.length])),
      ...figures(cuts.map(({ found }) => found)),
    }
  }),
  writers: writers.length,
  words: writers.length * words,
  virtual: true,
  pen_computer: {
    profile_pause: wholeWords(false),
    learned_pause: wholeWords(true),
    learned_pause_10_drawn_orders: wholeWords(true, 10),
    contact_told_by: { vibration: tellsContact('vibration'), motion: tellsContact('motion') },
  },
}
process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : `${JSON.stringify(report, null, 2)}\n`)

function figures(found: readonly Found[]) {
  return {
    f1: round(f1(found)),
    f1_within_150_ms: round(f1(found, 'right')),
    worst_writer_f1: round(Math.min(...found.map((one) => f1([one])))),
    split: total(found, 'split'),
    merged: total(found, 'merged'),
    clipped: total(found, 'clipped'),
    missed: total(found, 'missed'),
  }
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
