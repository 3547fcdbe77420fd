// How well words are cut out of virtual sentences whose boundaries are known: with the profile's pause, and with the writer's own.
// Real words (pen-computer), where they are at hand, are told apart.
//
// usage: npm run bench -- segment [--json] [--writers 20] [--words 40]
import { parseArgs } from 'node:util'
import { PauseEstimate } from '../src/main/segment/index.ts'
import { wholeWords } from './live/pen-computer.ts'
import { f1, findWords, PEN, sentence } from '../test/segment/sentences.ts'

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, writers: { type: 'string', default: '20' }, words: { type: 'string', default: '40' } },
})
const words = Number(options.words)
const writers = Array.from({ length: Number(options.writers) }, (_, i) => i + 1)

const results = writers.map((writer) => {
  const written = sentence(writer, words, 1)
  const pauses = new PauseEstimate(PEN.pauseMs)
  findWords(sentence(writer, 20), pauses)
  const learnedMs = pauses.pauseMs
  return { writer, learnedMs, learned: findWords(written, pauses), fromStart: findWords(written, new PauseEstimate(PEN.pauseMs)), profile: findWords(written) }
})
const report = {
  f1: round(f1(results.map(({ learned }) => learned))),
  f1_first_sentence: round(f1(results.map(({ fromStart }) => fromStart))),
  f1_profile_pause: round(f1(results.map(({ profile }) => profile))),
  worst_writer_f1: round(Math.min(...results.map(({ learned }) => f1([learned])))),
  pause_ms: { profile: PEN.pauseMs, learned: results.map(({ learnedMs }) => Math.round(learnedMs)) },
  writers: writers.length,
  words: writers.length * words,
  virtual: true,
  pen_computer: { profile_pause: wholeWords(false), learned_pause: wholeWords(true), learned_pause_10_drawn_orders: wholeWords(true, 10) },
}
process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : `${JSON.stringify(report, null, 2)}\n`)

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
