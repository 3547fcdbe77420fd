import type { Command } from 'commander'
import type { Api } from '../../shared/api.ts'
import { AdaptationRecipe } from '../../shared/api/training.ts'
import type { Adaptation, AdaptationReport, ChangedWord, Comparison, Rate } from '../../shared/api/adaptation.ts'
import { recipeOf } from '../../shared/api/recipe.ts'
import { KalamosError } from '../../shared/errors.ts'
import { findModel, percent } from './evaluate.ts'
import { findWriter } from './filter.ts'
import { print, table, until, type CommonOptions, type Terminal } from './terminal.ts'
import { oneOf, verb, whole, type Tools } from './verb.ts'

interface Options extends CommonOptions {
  writer: string
  model?: string
  recipe: AdaptationRecipe
  loss: 'plain' | 'cross-modal'
  keepDoubtful?: boolean
  accept?: boolean
  list?: boolean
  resume?: number
  seed: number
}

const ENDED = new Set<Adaptation['state']>(['candidate', 'kept', 'discarded', 'cancelled', 'failed', 'interrupted'])

/** `adapt`: fits a model to one writer, and tells what it is worth before anybody keeps it. */
export function adaptVerb({ terminal, withRecordings }: Tools): Command {
  return verb('adapt', 'Fit a model to one writer with the words stored of them, and measure before and after. Ctrl-C cancels; --resume goes on.', [
    'adapt --writer w03',
    'adapt --writer w03 --model base --recipe adapter --accept --json',
    'adapt --writer w03 --list',
  ])
    .requiredOption('--writer <name>', 'whom to fit it to')
    .option('--model <id or name>', 'the model to start from; the one that reads the writer where left out')
    .option('--recipe <recipe>', 'all weights, the last layers, or a small adapter', oneOf(AdaptationRecipe.options), 'all')
    .option('--loss <loss>', 'plain, or cross-modal: towards pictures of the words', oneOf(['plain', 'cross-modal']), 'plain')
    .option('--keep-doubtful', 'also learn from words whose labels the model strongly doubts; they are left out otherwise')
    .option('--accept', 'keep the version without asking: it reads the writer from now on')
    .option('--list', 'only list the versions of the writer')
    .option('--resume <adaptation>', 'go on with one that was cancelled or interrupted', whole(1, Number.MAX_SAFE_INTEGER))
    .option('--seed <number>', '', whole(0, Number.MAX_SAFE_INTEGER), 1)
    .action((options: Options) =>
      withRecordings(options, async ({ api }) => {
        const writer = await findWriter(api, options.writer)
        if (options.list) return listVersions(api, terminal, options, writer.id)
        const started = options.resume === undefined ? await start(api, terminal, options, writer.id) : await api.request('adapt.resume', { id: options.resume })
        const finished = await follow(api, terminal, started)
        const told = options.accept ? await api.request('adapt.keep', { id: finished.id }) : finished
        print(terminal, options, told, `${asText(told.report!, told)}\n${told.state === 'kept' ? `Version ${told.version} is kept and reads ${told.writerName} from now on.` : `Version ${told.version} is a candidate: keep it in the window, or run this again with --accept.`}`)
      }),
    )
}

async function start(api: Api, terminal: Terminal, { model: named, recipe, loss, keepDoubtful, seed }: Options, writerId: number): Promise<Adaptation> {
  const modelId = named === undefined ? null : (await findModel(api, named)).id
  const { refused } = await api.request('adapt.preview', { writerId, modelId, recipe, seed })
  if (refused) throw new KalamosError('invalid-input', refused.message, refused.hint)
  const { words: doubtful } = keepDoubtful ? { words: [] } : await api.request('adapt.doubts', { writerId, modelId })
  for (const { recordingId, label, reads } of doubtful) terminal.err(`left out: recording ${recordingId} is labelled "${label}", and reads "${reads}"\n`)
  return api.request('adapt.start', { writerId, modelId, recipe, loss: recipeOf({ kind: loss }), leaveOut: doubtful.map(({ recordingId }) => recordingId), seed })
}

async function follow(api: Api, terminal: Terminal, started: Adaptation): Promise<Adaptation> {
  let now = started
  let told = -1
  await until(terminal.signal, (settle) => {
    const take = (next: Adaptation): void => {
      if (next.id !== started.id) return
      now = next
      const tenth = Math.floor(next.progress * 10)
      if (tenth > told && !ENDED.has(next.state)) terminal.err(`${next.state}, ${tenth * 10} %\n`)
      told = Math.max(told, tenth)
      if (ENDED.has(next.state)) settle()
    }
    const stop = api.on('adapt.changed', take)
    void api.request('adapt.list', {}).then((all) => all.filter(({ id }) => id === started.id).forEach(take))
    return [stop]
  })
  const again = `Go on with: npm run -s kalamos -- adapt --writer "${now.writerName}" --resume ${now.id}`
  if (terminal.signal.aborted && !ENDED.has(now.state)) {
    await api.request('adapt.cancel', { id: now.id })
    throw new KalamosError('cancelled', `Version ${now.version} of ${now.writerName} was cancelled.`, again)
  }
  if (now.state === 'candidate') return now
  throw new KalamosError(now.state === 'cancelled' ? 'cancelled' : 'training-failed', now.problem?.message ?? `Version ${now.version} ended as ${now.state}.`, now.problem?.hint ?? again)
}

async function listVersions(api: Api, terminal: Terminal, options: Options, writerId: number): Promise<void> {
  const versions = await api.request('adapt.list', { writerId })
  const { reason } = await api.request('adapt.modelFor', { writerId })
  const rows = versions.map(({ version, recipe, state, active, words, report }) => [String(version), recipe, active ? `${state}, active` : state, String(words), report ? `${percent(report.own.cer.before.value)} to ${percent(report.own.cer.after.value)}` : ''])
  print(terminal, options, versions, `${table(['VERSION', 'RECIPE', 'STATE', 'WORDS', 'CER'], rows)}\nReads ${options.writer}: ${reason}`)
}

function asText({ own, others, better, worse, same, replay, weights, strength, seconds }: AdaptationReport, { writerName, words }: Adaptation): string {
  const how = own.how === 'cross-validated' ? `each of ${own.words} words read by weights that learned from others of them` : `${own.words} words that it did not learn from`
  return [
    `${writerName}, ${words} words, ${how}:`,
    figures(own),
    ...(others ? [`${others.words} ${others.kind === 'virtual' ? 'virtual words' : 'words'} of ${others.writers} others:`, figures(others)] : ['There is nobody else to measure forgetting on.']),
    `${better.length} words better, ${worse.length} worse, ${same} the same.`,
    ...[...worse.map(changed('worse')), ...better.slice(0, 10).map(changed('better'))],
    strength === 0 ? 'Nothing that was learned read left-out words better: the version reads as the model does.' : `The version goes ${Math.round(100 * strength)} % of the way from the model to what was learned.`,
    `${weights.trained} of ${weights.all} weights learned, ${replay.words} words of others were rehearsed, ${seconds.toFixed(0)} s.`,
  ].join('\n')
}

function figures({ cer, wer }: Pick<Comparison, 'cer' | 'wer'>): string {
  return `  CER ${rate(cer.before)} to ${rate(cer.after)}\n  WER ${rate(wer.before)} to ${rate(wer.after)}`
}

function rate({ value, low, high }: Rate): string {
  return `${percent(value)} (${percent(low)} – ${percent(high)})`
}

function changed(how: string): (word: ChangedWord) => string {
  return ({ recordingId, label, before, after }) => `  ${how}: ${label} (recording ${recordingId}) was read "${before}", now "${after}"`
}
