// From the arrival of the frame with which a word is known to be over to its text, through a real serial port; alone
// and beside a training; and memory over an hour.
//
// usage: npm run bench -- live [--json] [--words 60] [--speed 4] [--hour-speed 40] [--no-hour]
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createApp } from '../src/main/app/app.ts'
import { lexiconWords } from '../src/main/words/lists.ts'
import type { Decoding, ReadWord } from '../src/shared/api/recognition.ts'
import { modelFor } from './live/model.ts'
import { sentence, WiredPen } from './live/stream.ts'
import { trainBeside } from './live/training.ts'

const LEXICON_WORDS = 100_000

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    words: { type: 'string', default: '60' },
    speed: { type: 'string', default: '4' },
    'hour-speed': { type: 'string', default: '40' },
    hour: { type: 'boolean', default: true },
  },
  allowNegative: true,
})
const say = (text: string): void => void process.stderr.write(`${text}\n`)
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const GREEDY: Partial<Decoding> = { method: 'greedy' }
const LEXICON: Partial<Decoding> = { method: 'lexicon' }

const folder = await mkdtemp(join(tmpdir(), 'kalamos-live-'))
const app = await createApp({ databasePath: join(folder, 'live.db'), entryPoint: 'terminal' })
const text = sentence(3, Number(options.words))
try {
  const model = await modelFor(app)
  say(`model: ${model.name}; a lexicon of ${LEXICON_WORDS} made-up words beside those that ship`)
  const list = join(folder, 'made-up.txt')
  await writeFile(list, madeUpWords(LEXICON_WORDS).join('\n'))
  const settings = await app.request('recognise.setLexicon', { path: list })

  const pen = await WiredPen.open(app, text.signal, Number(options.speed))
  await pen.read(model.id, sentence(3, 20), GREEDY)
  const greedy = await measured('greedy', pen, GREEDY)
  const lexicon = await measured('lexicon', pen, LEXICON)
  const end = await trainBeside(app)
  const besideGreedy = await measured('greedy beside a training', pen, GREEDY)
  const besideLexicon = await measured('lexicon beside a training', pen, LEXICON)
  await end()
  await pen.close()
  const hour = options.hour ? await anHour(model.id) : null
  const report = {
    greedy,
    lexicon: { ...lexicon, dictionary_words: LEXICON_WORDS + settings.lexicon.builtIn },
    while_training: { ...besideGreedy, lexicon: besideLexicon },
    hour,
    model: model.name,
    latency:
      'from the arrival of the frame that completes the pause behind a word to its text in the host; the pause ' +
      'is not in it, painting is not in it',
    virtual: true,
  }
  if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`)
  else process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)

  async function measured(what: string, wired: WiredPen, decoding: Partial<Decoding>) {
    const { words, startMs } = await wired.read(model.id, text, decoding)
    const figures = {
      ...latencies(words),
      first_ms: round(words[0]?.latencyMs ?? NaN),
      start_ms: Math.round(startMs),
      words: words.length,
      written: text.words,
    }
    say(
      `${what}: ${figures.p50_ms} ms, 95 %: ${figures.p95_ms} ms, first word ${figures.first_ms} ms ` +
        `(${figures.words} of ${figures.written} words)`,
    )
    return figures
  }
} finally {
  await app.close()
  await rm(folder, { recursive: true, force: true })
}
process.exit(0)

/** An hour of writing, played faster; memory after each tenth of it, garbage collected. */
async function anHour(modelId: number) {
  const part = sentence(5, 200)
  const partSeconds = part.signal.frames / part.signal.rateHz
  const parts = Math.ceil(3600 / partSeconds)
  const pen = await WiredPen.open(app, part.signal, Number(options['hour-speed']))
  let words = 0
  const stop = app.events.on('recognise.word', () => words++)
  await app.request('recognise.start', { modelId, deviceId: pen.deviceId, decoding: GREEDY })
  const heap: number[] = []
  const rss: number[] = []
  for (let done = 0; done < parts; done++) {
    await pen.write(part.signal)
    await pen.settled()
    collect()
    const { heapUsed, rss: resident } = process.memoryUsage()
    heap.push(megabytes(heapUsed))
    rss.push(megabytes(resident))
    say(
      `${Math.round(((done + 1) * partSeconds) / 60)} min: heap ${heap.at(-1)} MB, resident ${rss.at(-1)} MB, ` +
        `${words} words`,
    )
  }
  await app.request('recognise.stop', {})
  stop()
  await pen.close()
  return { minutes: Math.round((parts * partSeconds) / 60), words, heap_mb: heap, resident_mb: rss }
}

/** Beginnings of some words of the lexicon with the ends of others: as many as are wanted, and spelled like words. */
function madeUpWords(count: number): string[] {
  const models = lexiconWords()
  const found = new Set<string>()
  for (let shift = 1; found.size < count && shift < models.length; shift++) {
    for (const [at, model] of models.entries()) {
      const other = models[(at + shift) % models.length]!
      if (found.size < count)
        found.add(model.slice(0, Math.ceil(model.length / 2)) + other.slice(Math.floor(other.length / 2)))
    }
  }
  return [...found]
}

function latencies(words: readonly ReadWord[]): { p50_ms: number; p95_ms: number; max_ms: number } {
  const sorted = words.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b)
  const at = (share: number): number =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN)
  return { p50_ms: at(0.5), p95_ms: at(0.95), max_ms: at(1) }
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 102.4) / 10
}
