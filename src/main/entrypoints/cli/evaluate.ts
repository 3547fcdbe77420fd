import type { Command } from 'commander'
import type { Model } from '../../../shared/api/training.ts'
import type { Api, Output } from '../../../shared/api.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { filterOf, filterOptions, type FilterOptions } from './filter.ts'
import { print, table, type CommonOptions } from './terminal.ts'
import { verb, type Tools } from './verb.ts'

type Options = CommonOptions & FilterOptions & { model: string; all?: boolean }

/** `evaluate`: how well a model reads stored recordings. */
export function evaluateVerb({ terminal, withRecordings }: Tools): Command {
  const command = verb(
    'evaluate',
    'Read stored recordings that a model was not trained on, and compare with their labels.',
    ['evaluate --model 1', 'evaluate --model "Digits" --writer w03 --json'],
  )
  return filterOptions(
    command
      .requiredOption('--model <id or name>', 'the model')
      .option('--all', 'all recordings, including those that the model was trained on'),
  ).action((options: Options) =>
    withRecordings(options, async ({ api }) => {
      const model = await findModel(api, options.model)
      const scores = await api.request('models.evaluate', {
        id: model.id,
        filter: await filterOf(api, options),
        on: options.all === true ? 'all' : 'unseen',
      })
      const single = model.task === 'classes'
      const groups = scores.byGroup.map(({ group, recordings, cer, wer, accuracy }) => [
        group,
        String(recordings),
        ...(single ? [percent(accuracy)] : [percent(cer), percent(wer)]),
      ])
      const { byGroup, lexicon, leftOut, learned, cer, wer, accuracy, recordings, on } = scores
      print(
        terminal,
        options,
        {
          model: model.name,
          cer,
          wer,
          accuracy,
          recordings,
          on,
          learned,
          left_out: leftOut,
          by_group: byGroup,
          lexicon,
        },
        [
          single
            ? `${model.name} read ${scores.recordings} recordings, ${percent(scores.accuracy)} right.`
            : `${model.name} read ${scores.recordings} recordings: CER ${percent(scores.cer)}, WER ` +
              `${percent(scores.wer)}, ${percent(scores.accuracy)} entirely right.`,
          whose(scores),
          ...(groups.length > 1
            ? [table(['GROUP', 'RECORDINGS', ...(single ? ['RIGHT'] : ['CER', 'WER'])], groups)]
            : []),
          ...(scores.lexicon ? [withLexicon(scores.lexicon)] : []),
        ].join('\n'),
      )
    }),
  )
}

/** Whose recordings they were, and how far the model knows them. */
function whose({ byGroup, on, learned, leftOut, parentKnown }: Output<'models.evaluate'>): string {
  const names = (known: boolean): string =>
    byGroup
      .filter((row) => row.writerId !== null && row.known === known)
      .map(({ group }) => group)
      .join(', ')
  return [
    on === 'all'
      ? `All recordings: the model was trained on ${learned} of them.`
      : `${leftOut} recordings that the model was trained on are left out.`,
    ...(names(false) === '' ? [] : [`Writers it was not trained on: ${names(false)}.`]),
    ...(names(true) === '' ? [] : [`Writers it was trained on, with other recordings: ${names(true)}.`]),
    ...(parentKnown
      ? []
      : ['A model that it was fine-tuned from was deleted, so it may have been trained on more of them.']),
  ].join(' ')
}

/** The figures with a lexicon, in a sentence of their own so that nobody takes them for those without. */
function withLexicon({
  cer,
  wer,
  accuracy,
  words,
  unknown,
}: NonNullable<Output<'models.evaluate'>['lexicon']>): string {
  return (
    `With the lexicon of ${words} words: CER ${percent(cer)}, WER ${percent(wer)}, ${percent(accuracy)} right; ` +
    `${unknown} labels are not in it.`
  )
}

/**
 * The model with an id or a name; `base` is the one that ships. Throws `not-found` with the models there are,
 * `conflict` where a name is taken twice.
 */
export async function findModel(api: Api, wanted: string): Promise<Model> {
  if (wanted === 'base') return api.request('models.addBase', {})
  const models = await api.request('models.list', {})
  const named = models.filter((model) => String(model.id) === wanted || model.name === wanted)
  if (named.length === 1) return named[0]!
  if (named.length > 1)
    throw new KalamosError(
      'conflict',
      `${named.length} models are called ${wanted}.`,
      `Name one by its id: ${named.map(({ id }) => id).join(', ')}.`,
    )
  const known = models.map(({ id, name }) => `${id} (${name})`).join(', ')
  throw new KalamosError(
    'not-found',
    `There is no model ${wanted}.`,
    known === '' ? 'Train one first with the command train.' : `There are ${known}.`,
  )
}

export function percent(share: number): string {
  return Number.isNaN(share) ? 'not measurable' : `${(share * 100).toFixed(1)} %`
}
