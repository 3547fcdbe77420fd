import { Option, type Command } from 'commander'
import type { Api } from '../../../shared/api.ts'
import { AdaptationRecipe } from '../../../shared/api/training.ts'
import type { Adaptation, StyleEstimate } from '../../../shared/api/adaptation.ts'
import { recipeOf } from '../../../shared/api/recipe.ts'
import type { Writer } from '../../../shared/api/writers.ts'
import { KalamosError } from '../../../shared/errors.ts'
import {
  ACTIONS,
  findVersion,
  acceptedText,
  manageVersions,
  versionOptions,
  type VersionOptions,
} from './adapt-versions.ts'
import { reportText } from './adaptation-report.ts'
import { findModel } from './evaluate.ts'
import { findWriter } from './filter.ts'
import { print, table, until, type Terminal } from './terminal.ts'
import { oneOf, verb, whole, type Tools } from './verb.ts'

interface Options extends VersionOptions {
  writer: string
  model?: string
  recipe: AdaptationRecipe
  loss: 'plain' | 'cross-modal'
  tag?: string
  includeDoubtful?: boolean
  includeVirtual?: boolean
  style?: boolean
  synthetic: boolean
  accept?: boolean
  resume?: number
  seed: number
}

const ENDED = new Set<Adaptation['state']>(['candidate', 'kept', 'discarded', 'cancelled', 'failed', 'interrupted'])

/**
 * `adapt`: fits a model to one writer, tells what it is worth before anybody keeps it, and looks after the versions.
 */
export function adaptVerb({ terminal, withRecordings }: Tools): Command {
  const command = verb(
    'adapt',
    'Fine-tune a model to one writer with the stored words of that writer, and measure it before and after. ' +
      'Ctrl-C cancels; --resume continues.',
    [
      'adapt --writer w03',
      'adapt --writer w03 --model base --recipe adapter --accept --json',
      'adapt --writer w03 --tag enrolment --no-synthetic',
      'adapt --writer w03 --style',
      'adapt --writer w03 --list',
      'adapt --writer w03 --keep 2',
      'adapt --writer w03 --compare 2 --with 1',
      'adapt --writer w03 --export 2 --to versions',
    ],
  )
    .requiredOption('--writer <name>', 'the writer')
    .option('--model <id or name>', 'the model to start from; by default the one that reads this writer')
    .option(
      '--recipe <recipe>',
      'what is trained: all weights, the last layers, or a small adapter',
      oneOf(AdaptationRecipe.options),
      'all',
    )
    .option(
      '--loss <loss>',
      'plain, or cross-modal: also a loss towards word images',
      oneOf(['plain', 'cross-modal']),
      'plain',
    )
    .option(
      '--tag <tag>',
      'train only on words with this tag, such as enrolment; the others remain for measuring with --compare',
    )
    .option(
      '--include-doubtful',
      'also train on words whose label the model strongly doubts; by default they are left out',
    )
    .option(
      '--include-virtual',
      'for a real writer, also train on words that a virtual pen wrote; by default they are left out',
    )
    .option('--accept', 'keep the version without asking: it reads the writer from then on')
    .option('--no-synthetic', 'do not train first on synthetic writers of the estimated style')
    .addOption(
      new Option('--style', 'only estimate the style of the handwriting from the words').conflicts([
        ...ACTIONS,
        'resume',
        'accept',
      ]),
    )
    .option(
      '--resume <version>',
      'continue a version that was cancelled or interrupted',
      whole(1, Number.MAX_SAFE_INTEGER),
    )
    .option('--seed <number>', 'seed of the random numbers', whole(0, Number.MAX_SAFE_INTEGER), 1)
  return versionOptions(command).action((options: Options) =>
    withRecordings(options, async ({ api }) => {
      const writer = await findWriter(api, options.writer)
      if (options.style) return await tellHand(api, terminal, options, writer)
      if (await manageVersions(api, terminal, options, writer)) return
      const started =
        options.resume === undefined
          ? await start(api, terminal, options, writer.id)
          : await api.request('adapt.resume', { id: (await findVersion(api, writer, options.resume)).id })
      const finished = await follow(api, terminal, started)
      const told = options.accept ? await api.request('adapt.keep', { id: finished.id }) : finished
      print(
        terminal,
        options,
        told,
        `${reportText(told.report!, told)}\n${told.state === 'kept' ? acceptedText(told) : candidateText(told)}`,
      )
    }),
  )
}

async function tellHand(api: Api, terminal: Terminal, options: Options, { id, name }: Writer): Promise<void> {
  const style = await api.request('adapt.style', {
    writerId: id,
    modelId: options.model === undefined ? null : (await findModel(api, options.model)).id,
  })
  print(
    terminal,
    options,
    style,
    style === null
      ? `The style of ${name} cannot be estimated: this model does not come with a style estimate, or there is no ` +
          'word it can read.'
      : styleText(name, style),
  )
}

/** Units and decimals of traits. */
const TOLD: Record<StyleEstimate['traits'][number]['name'], (value: number) => string> = {
  'x-height': (mm) => `${mm.toFixed(1)} mm`,
  slant: (degrees) => `${degrees.toFixed(0)}°`,
  joining: (share) => `${(100 * share).toFixed(0)} % of pairs`,
  force: (newtons) => `${newtons.toFixed(1)} N`,
  lift: (seconds) => `${(1000 * seconds).toFixed(0)} ms`,
  altitude: (degrees) => `${degrees.toFixed(0)}°`,
}

function styleText(name: string, { words, traits, fonts }: StyleEstimate): string {
  const [small, capital] = ['small', 'capital']
    .map((role) => fonts.find((font) => font.role === role)!)
    .map(({ font, share }) => `${font} (${(100 * share).toFixed(0)} %)`)
  return [
    `Style of ${name}, estimated from ${words} words:`,
    table(
      ['trait', 'most likely', '95 in 100'],
      traits.map(({ name, value, low, high }) => [
        name,
        TOLD[name](value),
        `${TOLD[name](low)} to ${TOLD[name](high)}`,
      ]),
    ),
    `Small letters like ${small!}, capitals like ${capital!}.`,
  ].join('\n')
}

function candidateText({ version, writerName }: Adaptation): string {
  return (
    `Version ${version} is a candidate. Keep it with: npm run -s kalamos -- adapt --writer "${writerName}" --keep ` +
    `${version}`
  )
}

async function start(
  api: Api,
  terminal: Terminal,
  { model: named, recipe, loss, tag, includeDoubtful, includeVirtual, synthetic, seed }: Options,
  writerId: number,
): Promise<Adaptation> {
  const modelId = named === undefined ? null : (await findModel(api, named)).id
  const only = tag === undefined ? {} : { tag }
  const { refused } = await api.request('adapt.preview', { writerId, modelId, recipe, seed, ...only })
  if (refused) throw new KalamosError('invalid-input', refused.message, refused.hint)
  const { words: doubtful } = includeDoubtful
    ? { words: [] }
    : await api.request('adapt.doubtfulLabels', { writerId, modelId })
  for (const { recordingId, label, reads } of doubtful)
    terminal.err(`left out: recording ${recordingId} is labelled "${label}", but the model reads "${reads}"\n`)
  return api.request('adapt.start', {
    writerId,
    modelId,
    recipe,
    loss: recipeOf({ kind: loss }),
    leaveOut: doubtful.map(({ recordingId }) => recordingId),
    ...(includeVirtual ? { includeVirtual } : {}),
    ...(synthetic ? {} : { synthetic }),
    seed,
    ...only,
  })
}

async function follow(api: Api, terminal: Terminal, started: Adaptation): Promise<Adaptation> {
  let now = started
  let told = -1
  await until(terminal.signal, (settle, fail) => {
    const take = (next: Adaptation): void => {
      if (next.id !== started.id) return
      now = next
      const tenth = Math.floor(next.progress * 10)
      if (tenth > told && !ENDED.has(next.state)) terminal.err(`${next.state}, ${tenth * 10} %\n`)
      told = Math.max(told, tenth)
      if (ENDED.has(next.state)) settle()
    }
    const stop = api.on('adapt.changed', take)
    api
      .request('adapt.list', {})
      .then((all) => all.filter(({ id }) => id === started.id).forEach(take))
      .catch(fail)
    return [stop]
  })
  const again = `Continue with: npm run -s kalamos -- adapt --writer "${now.writerName}" --resume ${now.version}`
  if (terminal.signal.aborted && !ENDED.has(now.state)) {
    await api.request('adapt.cancel', { id: now.id })
    throw new KalamosError('cancelled', `Version ${now.version} of ${now.writerName} was cancelled.`, again)
  }
  if (now.state === 'candidate') return now
  throw new KalamosError(
    now.state === 'cancelled' ? 'cancelled' : 'training-failed',
    now.problem?.message ?? `Version ${now.version} ended as ${now.state}.`,
    now.problem?.hint ?? again,
  )
}
