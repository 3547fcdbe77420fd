import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import type { Api } from '../../../shared/api.ts'
import type { TrainingConfig, EpochScore, Run } from '../../../shared/api/training.ts'
import type { PictureOrigin } from '../../../shared/api/recipe.ts'
import type { SaidEncoding } from '../../../shared/encoding.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { defaultRecipe, RECIPE_KINDS, type RecipeKind } from '../../../shared/recipe-kinds.ts'
import { findModel, percent } from './evaluate.ts'
import { filterOf, filterOptions, type FilterOptions } from './filter.ts'
import { poseNamed, poseSaid, rollLines, ROLLS, type Roll } from './roll.ts'
import { print, table, until, type CommonOptions, type Terminal } from './terminal.ts'
import { readTraining } from './training-file.ts'
import { trainBaseVerb } from './train-base.ts'
import { decimal, encodingOption, oneOf, verb, whole, type Tools } from './verb.ts'

type Options = CommonOptions &
  FilterOptions & {
    config?: string
    resume?: number
    reproduce?: number
    list?: boolean
    preview?: boolean
    name: string
    model: TrainingConfig['model']
    task: TrainingConfig['task']
    channels?: string
    rate?: number
    roll: Roll
    splitBy: TrainingConfig['split']['by']
    heldOut: number
    epochs: number
    batch: number
    learningRate: number
    weightDecay: number
    warmup: number
    augment: boolean
    recipe?: RecipeKind
    pictures?: string
    encoding?: SaidEncoding
    seed: number
    startFrom?: string
    backend: TrainingConfig['backend']
    threads?: number
  }

const ENDED = new Set<Run['state']>(['finished', 'cancelled', 'failed', 'interrupted'])

/**
 * `train`: a training from its order to its model, with progress on stderr. Ctrl-C cancels it at its next checkpoint.
 */
export function trainVerb({ terminal, withRecordings }: Tools): Command {
  const command = verb(
    'train',
    'Train a recogniser on stored recordings. Ctrl-C cancels; --resume continues from the last checkpoint.',
    [
      'train --name "Digits" --epochs 40',
      'train --writer w03 --start-from "Digits" --name "Digits of w03"',
      'train --recipe pairs --pictures ./scans --split-by writer',
      'train --config training.json --json',
      'train --list',
      'train --resume 3',
      'train --reproduce 3',
      'train base',
    ],
  )
    .option(
      '--config <file>',
      'a configuration as JSON, a run as --json prints it, or the card of a model; the options below are then ignored',
    )
    .option('--resume <run>', 'continue a run that was cancelled or interrupted', whole(1, Number.MAX_SAFE_INTEGER))
    .option(
      '--reproduce <run>',
      'repeat a run exactly: same recordings, settings, backend and threads',
      whole(1, Number.MAX_SAFE_INTEGER),
    )
    .option('--list', 'list the runs, newest first')
    .option('--preview', 'only show what would be trained on')
    .option('--name <name>', 'of the model', 'Recogniser')
    .addOption(
      new Option('--model <size>', 'the network: small, cnn-bilstm, rewi-s or rewi')
        .argParser(modelNamed)
        .default('ott', 'cnn-bilstm'),
    )
    .option(
      '--task <task>',
      'ctc reads sequences; classes reads one label of a closed set',
      oneOf(['ctc', 'classes']),
      'ctc',
    )
    .option('--channels <names>', 'separated by commas; by default all that the recordings have in common')
    .option('--rate <hertz>', 'rate to which recordings are resampled; by default 100', decimal(1, 1000))
    .option(
      '--roll <way>',
      'roll-normalised (by gravity), as-held, or auto: normalised where all have an accelerometer of three axes',
      oneOf(ROLLS),
      'auto',
    )
    .option(
      '--split-by <unit>',
      'what is held out as a whole: writer, word or recording',
      oneOf(['writer', 'word', 'recording']),
      'recording',
    )
    .option('--held-out <share>', 'share held out for measuring', decimal(0, 0.9), 0.2)
    .option('--epochs <number>', 'passes over the training data', whole(1, 10_000), 30)
    .option('--batch <recordings>', 'batch size', whole(1, 4096), 32)
    .option('--learning-rate <rate>', 'highest learning rate', decimal(1e-7, 1), 0.001)
    .option('--weight-decay <rate>', 'of AdamW', decimal(0, 1), 0.01)
    .option('--warmup <epochs>', 'epochs in which the learning rate rises', whole(0, 10_000), 2)
    .option('--no-augment', 'without augmentations')
    .option(
      '--recipe <recipe>',
      'training method: plain (labels only), pairs or in-batch (with word images), or texts',
      oneOf(RECIPE_KINDS),
    )
    .option(
      '--pictures <source>',
      'word images for pairs and in-batch: fonts, strokes (of virtual recordings), or a folder',
    )
    .addOption(encodingOption())
    .option('--seed <number>', 'seed of the random numbers', whole(0, Number.MAX_SAFE_INTEGER), 1)
    .option('--start-from <id or name>', 'a model to fine-tune')
    .option(
      '--backend <name>',
      'auto, wasm, webgpu, cuda or cpu',
      oneOf(['auto', 'wasm', 'webgpu', 'cuda', 'cpu']),
      'auto',
    )
    .option('--threads <number>', 'by default all cores', whole(1, 64))
  return filterOptions(command.addCommand(trainBaseVerb(terminal))).action((options: Options) =>
    withRecordings(options, async ({ api }) => {
      if (options.preview) {
        const preview = await api.request('train.preview', await configOf(api, options))
        const { trainRecordings, heldOutRecordings, writers, alphabet, classes, channels, rateHz, pose } = preview
        const text =
          `${trainRecordings} recordings to train on, ${heldOutRecordings} held out, ${writers} writers, ` +
          (classes === undefined ? `alphabet ${alphabet}` : `${classes.length} labels (${classes.join(' ')})`) +
          `, ${channels.length} channels at ${rateHz} Hz, ${poseSaid(pose)}.`
        const pictures =
          preview.pictures &&
          `Pictures: ${preview.pictures.own} of ${preview.pictures.labels} labels have pictures of their own; ` +
            'the others are rendered in handwriting fonts.'
        return print(
          terminal,
          options,
          preview,
          [
            text,
            ...(pictures === null ? [] : [pictures]),
            ...preview.leftOut.map(({ reason, recordings }) => `${recordings} left out: ${reason}`),
            ...(preview.against === null
              ? []
              : [
                  `This method cannot be trained: ${preview.against.message}` +
                    (preview.against.hint === '' ? '' : `\n${preview.against.hint}`),
                ]),
          ].join('\n'),
        )
      }
      if (options.list) {
        const runs = await api.request('runs.list', {})
        return print(
          terminal,
          options,
          runs,
          runs.length === 0
            ? 'No run yet.'
            : table(['RUN', 'NAME', 'STATE', 'EPOCHS', 'RECORDINGS', 'RESULT', 'MODEL'], runs.map(runLine)),
        )
      }
      const run = await follow(api, terminal, await begin(api, options))
      const model = (await api.request('models.list', {})).find(({ id }) => id === run.modelId)
      print(
        terminal,
        options,
        run,
        `Run ${run.id} finished after ${run.epoch} epochs; model ` +
          `${run.modelId}.${sameLine(run)}${model ? rollLines(model) : ''}`,
      )
    }),
  )
}

async function begin(api: Api, options: Options): Promise<Run> {
  if (options.resume !== undefined) return api.request('train.resume', { runId: options.resume })
  if (options.reproduce !== undefined) return api.request('train.reproduce', { runId: options.reproduce })
  return api.request('train.start', await configOf(api, options))
}

function runLine({ id, config, state, epoch, scores, trainRecordings, heldOutRecordings, modelId }: Run): string[] {
  return [
    String(id),
    config.name,
    state,
    `${epoch}/${config.epochs}`,
    `${trainRecordings} + ${heldOutRecordings} held out`,
    figures(config, scores.at(-1)),
    modelId === null ? '' : String(modelId),
  ]
}

/** Whether a repeat came to what it repeats; empty for any other run. */
function sameLine({ same, config }: Run): string {
  if (same === undefined) return ''
  const repeated = config.reproduces?.runId ? `run ${config.reproduces.runId}` : 'the model'
  return same
    ? `\nIts weights are those of ${repeated}, bit for bit.`
    : `\nIts weights are not those of ${repeated}: another version, machine or number of threads rounds differently.`
}

async function follow(api: Api, terminal: Terminal, started: Run): Promise<Run> {
  let run = started
  let told = started.scores.length
  let imageTold = false
  await until(terminal.signal, (settle, fail) => {
    const take = (next: Run): void => {
      if (next.id !== started.id) return
      run = next
      const image = next.imageTraining
      if (image?.score && !imageTold) {
        imageTold = true
        terminal.err(
          `image network: ${image.steps} steps, ${figures(next.config, image.score)} on ${image.score.pictures} ` +
            `pictures\n`,
        )
      }
      for (; told < next.scores.length; told++) terminal.err(`${epochLine(next.scores[told]!, next.config)}\n`)
      if (ENDED.has(next.state)) settle()
    }
    const stop = api.on('runs.changed', take)
    api
      .request('runs.list', {})
      .then((runs) => runs.filter(({ id }) => id === started.id).forEach(take))
      .catch(fail)
    return [stop]
  })
  if (terminal.signal.aborted && !ENDED.has(run.state)) {
    await api.request('train.cancel', { runId: run.id })
    throw new KalamosError(
      'cancelled',
      `Run ${run.id} was cancelled in epoch ${run.epoch}.`,
      `Continue with: npm run -s kalamos -- train --resume ${run.id}`,
    )
  }
  if (run.state === 'finished') return run
  throw new KalamosError(
    run.state === 'cancelled' ? 'cancelled' : 'training-failed',
    run.problem?.message ?? `Run ${run.id} ended as ${run.state}.`,
    run.problem?.hint ?? `Continue with: npm run -s kalamos -- train --resume ${run.id}`,
  )
}

/**
 * How well held-out recordings, or pictures, were read; of whole labels that is accuracy alone. Empty where nothing
 * was.
 */
function figures(
  { task }: Pick<TrainingConfig, 'task'>,
  score: Pick<EpochScore, 'cer' | 'accuracy'> | undefined,
): string {
  const { cer = null, accuracy = null } = score ?? {}
  return [
    ...(cer === null || task === 'classes' ? [] : [`CER ${percent(cer)}`]),
    ...(accuracy === null ? [] : [`${percent(accuracy)} right`]),
  ].join(', ')
}

function epochLine(score: EpochScore, config: TrainingConfig): string {
  const { epoch, trainLoss, cer, seconds } = score
  const heldOut = cer === null ? '' : `, held out: ${figures(config, score)}`
  return `epoch ${epoch}/${config.epochs}: loss ${trainLoss.toFixed(4)}${heldOut} (${seconds.toFixed(1)} s)`
}

async function configOf(api: Api, options: Options): Promise<TrainingConfig> {
  if (options.config !== undefined) return readTraining(options.config)
  return {
    name: options.name,
    model: options.model,
    task: options.task,
    filter: await filterOf(api, options),
    channels: options.channels === undefined ? [] : options.channels.split(',').map((channel) => channel.trim()),
    rateHz: options.rate ?? null,
    ...poseNamed(options.roll),
    split: { by: options.splitBy, heldOut: options.heldOut },
    epochs: options.epochs,
    batchSize: options.batch,
    learningRate: options.learningRate,
    weightDecay: options.weightDecay,
    warmupEpochs: options.warmup,
    augment: options.augment,
    ...recipeNamed(options),
    seed: options.seed,
    startFrom: options.startFrom === undefined ? null : (await findModel(api, options.startFrom)).id,
    backend: options.backend,
    threads: options.threads ?? null,
  }
}

/** The network of a name. Files, and earlier command lines, call the CNN+BiLSTM by its author. */
function modelNamed(text: string): TrainingConfig['model'] {
  const name = text === 'ott' ? 'cnn-bilstm' : oneOf(['small', 'cnn-bilstm', 'rewi-s', 'rewi'])(text)
  return name === 'cnn-bilstm' ? 'ott' : name
}

/** The recipe that the options name. Throws `invalid-input` for pictures that no recipe asks for. */
function recipeNamed({ recipe: kind, pictures, encoding, task }: Options): Pick<TrainingConfig, 'recipe'> {
  const recipe = kind === undefined ? undefined : defaultRecipe(kind, task)
  if (pictures === undefined) return recipe ? { recipe } : {}
  if (recipe?.kind !== 'cross-modal')
    throw new KalamosError(
      'invalid-input',
      `Word images (${pictures}) belong to the methods pairs and in-batch.`,
      'Choose one of them with --recipe, or leave out --pictures.',
    )
  const origin: PictureOrigin =
    pictures === 'fonts' || pictures === 'strokes'
      ? { from: pictures }
      : { from: 'folder', folder: resolve(pictures), ...(encoding === undefined ? {} : { encoding }) }
  return { recipe: { ...recipe, pictures: origin } }
}
