import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { EpochScore, TrainingConfig } from '../../../shared/api/training.ts'
import { openStore, type Store } from '../../store/index.ts'
import { loadModel, saveModel, type StoredModel } from '../../ml/checkpoint/model.ts'
import { openEngineFor } from '../../ml/programs/open-engine.ts'
import { evaluateStored } from '../evaluation/stored.ts'
import { train } from '../train.ts'
import type { Trained } from '../types.ts'
import { makeFolders } from '../../files/folders.ts'
import { writeWhole } from '../../files/whole-file.ts'
import { writeTrainingCorpus, writeUnseenCorpus, type CorpusProgress } from './corpus.ts'
import { guidedBy, type Middles } from './guide.ts'
import { fitStyleEstimator } from './fit-style.ts'
import { baseFinalEpochs, baseTraining, type BaseRecipe } from './recipe.ts'
import '../../ml/programs/index.ts'

export interface BaseOptions {
  recipe: BaseRecipe
  /** Corpora and checkpoints; a training that was interrupted goes on from what is there. */
  workFolder: string
  /** Where `base.safetensors` and `base.json` go, and `base.style.*`, which estimates the style of writers by it. */
  outFolder: string
  codeVersion: string
  threads?: number
  progress?: (message: string) => void
  signal?: AbortSignal
}

/** What the base model scored on virtual writers and words it never saw. */
export interface BaseReport {
  cer: number
  wer: number
  recordings: number
  by_group: { group: string; cer: number; wer: number; recordings: number }[]
  train_seconds: number
  cardPath: string
}

/**
 * Makes the recogniser that ships: simulates virtual writers, trains on them from a fixed seed, and measures on virtual
 * writers and words that had no part in it, left-handers apart. Can be interrupted and called again.
 */
export async function trainBase({
  recipe,
  workFolder,
  outFolder,
  codeVersion,
  threads,
  progress = () => undefined,
  signal,
}: BaseOptions): Promise<BaseReport> {
  makeFolders(workFolder)
  makeFolders(outFolder)
  const corpusProgress =
    (what: string) =>
    ({ done, total }: CorpusProgress) =>
      progress(`${what}: ${done} of ${total} virtual words`)
  const middlesPath = join(workFolder, 'middles.json')
  const training = await whole(join(workFolder, 'training.db'), async (path) => {
    writeWhole(middlesPath, JSON.stringify(await writeTrainingCorpus(path, recipe, corpusProgress('writing'), signal)))
  })
  const unseen = await whole(
    join(workFolder, 'unseen.db'),
    async (path) => void (await writeUnseenCorpus(path, recipe, corpusProgress('writing for the test'), signal)),
  )

  const source = openStore(training)
  try {
    const trained = await inTwoParts(
      { recipe, source, workFolder, codeVersion, threads: threads ?? null, progress },
      readMiddles(middlesPath),
      signal,
    )
    // The ids belong to a database that does not ship; the recipe says how it is made again. Most of the words that
    // were held out are invented, so what a lexicon makes of them tells nothing.
    const card = { ...trained.card, lexicon: null, trainedOn: { ...trained.card.trainedOn, ids: [], heldOutIds: [] } }
    saveModel(outFolder, 'base', { ...trained, card })
    await fitStyleEstimator(
      { recipe, corpus: source, model: loadModel(join(outFolder, 'base.json')), folder: outFolder, progress },
      signal,
    )
  } finally {
    source.close()
  }
  const cardPath = join(outFolder, 'base.json')
  const evaluation = await evaluateUnseen(cardPath, unseen, signal)
  const model = loadModel(cardPath)
  const { by_group: byGroup, ...rates } = evaluation
  const measured = {
    on: `${recipe.unseenWriters} virtual writers never seen, with words never seen`,
    ...rates,
    byGroup,
  }
  saveModel(outFolder, 'base', { ...model, card: { ...model.card, measured } })
  return { ...evaluation, train_seconds: model.card.trainSeconds ?? 0, cardPath }
}

interface Parts {
  recipe: BaseRecipe
  source: Store
  workFolder: string
  codeVersion: string
  threads: number | null
  progress: (message: string) => void
}

/** Trains, and then lets the network settle. What the first part made is kept beside its checkpoints. */
async function inTwoParts(
  { recipe, source, workFolder, codeVersion, threads, progress }: Parts,
  middles: Middles,
  signal: AbortSignal | undefined,
): Promise<Trained> {
  const part = async (name: string, training: TrainingConfig, base?: StoredModel): Promise<Trained> => {
    const config = { ...training, threads }
    const job = {
      config,
      source: source.recordings,
      folder: join(workFolder, name),
      openEngine: openEngineFor(config),
      codeVersion,
      ...(base ? { base } : { guide: guidedBy(middlesOf(source, middles)) }),
    }
    return train(job, { epoch: (score) => progress(told(score, config.epochs)) }, signal)
  }
  const firstPath = join(workFolder, 'first.json')
  if (!existsSync(firstPath)) saveModel(workFolder, 'first', await part('run', baseTraining(recipe)))
  const first = loadModel(firstPath)
  progress(`settling for ${recipe.settling} more epochs`)
  const settled = await part('settling', baseFinalEpochs(recipe), first)
  return {
    ...settled,
    card: { ...settled.card, trainSeconds: (first.card.trainSeconds ?? 0) + (settled.card.trainSeconds ?? 0) },
  }
}

/** Reads the unseen words with the finished model, left- and right-handed writers apart. */
export async function evaluateUnseen(
  cardPath: string,
  database: string,
  signal?: AbortSignal,
): Promise<Pick<BaseReport, 'cer' | 'wer' | 'recordings' | 'by_group'>> {
  const model = loadModel(cardPath)
  const store = openStore(database)
  const { engine } = await openEngineFor({ backend: 'auto', threads: 1 })(
    { name: 'recogniser', config: { model: model.card.network } },
    model,
  )
  try {
    const handedness = new Map(store.writers.list().map((writer) => [writer.id, writer.handedness]))
    const groupsOf = ({ writerId }: { writerId: number }): string[] => [`${handedness.get(writerId)!}-handed`]
    const { cer, wer, recordings, byGroup } = await evaluateStored(
      store.recordings,
      model,
      engine,
      {},
      { groupsOf, ...(signal ? { signal } : {}) },
    )
    return { cer, wer, recordings, by_group: byGroup }
  } finally {
    await engine.dispose()
    store.close()
  }
}

/**
 * Makes a database under another name and gives it its own when it is whole, so that a broken-off one is never taken
 * for it.
 */
async function whole(path: string, write: (path: string) => Promise<void>): Promise<string> {
  if (existsSync(path)) return path
  const unfinished = path.replace(/\.db$/, '-unfinished.db')
  for (const suffix of ['', '-wal', '-shm']) rmSync(unfinished + suffix, { force: true })
  await write(unfinished)
  renameSync(unfinished, path)
  return path
}

function readMiddles(path: string): Middles {
  return JSON.parse(readFileSync(path, 'utf8')) as Middles
}

/** Middles by the recordings' ids. */
function middlesOf({ recordings }: Store, middles: Middles): ReadonlyMap<number, Middles[number]> {
  const ids = [...recordings.each({})].map(({ id }) => id).sort((a, b) => a - b)
  return new Map(ids.map((id, at) => [id, middles[at]!]))
}

function told({ epoch, trainLoss, cer, wer, seconds }: EpochScore, epochs: number): string {
  const rates =
    cer === null || wer === null
      ? ''
      : `, CER ${(cer * 100).toFixed(1)} %, WER ${(wer * 100).toFixed(1)} % on held-out virtual writers`
  return `epoch ${epoch} of ${epochs}: loss ${trainLoss.toFixed(3)}${rates} (${Math.round(seconds)} s)`
}
