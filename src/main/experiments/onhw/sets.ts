import { basename, join, relative } from 'node:path'
import { KalamosError } from '../../../shared/errors.ts'
import type { Signal } from '../../../shared/signal.ts'
import { partsOf } from '../../exchange/onhw/layout.ts'
import { readPart } from '../../exchange/onhw/read.ts'
import { exists, kindOf, namesIn } from '../../exchange/places.ts'
import type { Entry } from '../../exchange/recording.ts'
import { foldsOfRewi, readRewiFold } from '../../exchange/rewi/read.ts'

/** A set of words that is published with its folds, in a folder of the user's. */
export interface FoldedSet {
  /** Its place in the folder that was named. */
  name: string
  folder: string
  layout: 'onhw' | 'rewi'
  folds: readonly string[]
  /** Whether writers of a fold's validation have no part in its training; else their words have not. */
  split: 'writer-independent' | 'writer-dependent'
  virtual: boolean
}

export interface FoldRecording {
  writer: string
  label: string
  signal: Signal
}

/** What a fold trains on and what it measures on, and how many recordings could not be taken. */
export interface ReadFold {
  train: FoldRecording[]
  heldOut: FoldRecording[]
  refused: number
}

/** Folders in folders that are looked into. */
const DEPTH = 3

/**
 * The sets with folds in a folder: OnHW-words500 as it was published (folders 0, 1, … of pickles) and sets in the
 * layout of REWI (train.json and val.json), at any place up to three folders down. Throws `not-found` where there is
 * none.
 */
export async function foldedSets(folder: string): Promise<FoldedSet[]> {
  const found = (await kindOf(folder)) === 'folder' ? await setsBelow(folder, DEPTH) : []
  if (found.length === 0) {
    throw new KalamosError(
      'not-found',
      `${folder} holds no words with folds: neither folders 0, 1, … with all_x_dat_train_imu.pkl, nor ` +
        'train.json next to val.json.',
      'Name the folder of your own copy of OnHW-words500, or of a set in the layout of REWI, with --data.',
    )
  }
  const sets: FoldedSet[] = []
  for (const set of found)
    sets.push({ ...set, name: relative(folder, set.folder) || basename(folder), split: await splitOf(set) })
  return sets.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
}

/** Reads one fold of a set. Throws what the readers of its layout throw. */
export async function readFold(
  { folder, layout }: Pick<FoldedSet, 'folder' | 'layout'>,
  fold: string,
): Promise<ReadFold> {
  const read: ReadFold = { train: [], heldOut: [], refused: 0 }
  if (layout === 'rewi') {
    await collect(readRewiFold(folder, 'train', fold), read.train, read)
    await collect(readRewiFold(folder, 'val', fold), read.heldOut, read)
    return read
  }
  for (const part of await partsOf(join(folder, fold)))
    await collect(readPart(part), basename(part.samples).includes('train') ? read.train : read.heldOut, read)
  return read
}

async function collect(entries: AsyncIterable<Entry>, into: FoldRecording[], counted: ReadFold): Promise<void> {
  for await (const entry of entries) {
    if ('recording' in entry && entry.recording.label !== null)
      into.push({
        writer: entry.recording.writer,
        label: entry.recording.label.normalize('NFC'),
        signal: entry.recording.signal,
      })
    else counted.refused++
  }
}

async function setsBelow(folder: string, depth: number): Promise<Omit<FoldedSet, 'name' | 'split'>[]> {
  if ((await exists(join(folder, 'train.json'))) && (await exists(join(folder, 'val.json'))))
    return [{ folder, layout: 'rewi', ...(await foldsOfRewi(folder)) }]
  const names = await namesIn(folder)
  const folds: string[] = []
  for (const name of names)
    if (/^\d$/.test(name) && (await exists(join(folder, name, 'all_x_dat_train_imu.pkl')))) folds.push(name)
  if (folds.length > 0) return [{ folder, layout: 'onhw', folds: folds.sort(), virtual: false }]
  if (depth === 0) return []
  const below: Omit<FoldedSet, 'name' | 'split'>[] = []
  for (const name of names)
    if ((await kindOf(join(folder, name))) === 'folder') below.push(...(await setsBelow(join(folder, name), depth - 1)))
  return below
}

/** Told by the writers of the first fold, not by the folder's name. */
async function splitOf(set: Omit<FoldedSet, 'name' | 'split'>): Promise<FoldedSet['split']> {
  const { train, heldOut } = await readFold(set, set.folds[0]!)
  const trained = new Set(train.map(({ writer }) => writer))
  return heldOut.some(({ writer }) => trained.has(writer)) ? 'writer-dependent' : 'writer-independent'
}
