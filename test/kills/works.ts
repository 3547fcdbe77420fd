import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { exportRecordings } from '../../src/main/exchange/export.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { openStore, type Store } from '../../src/main/store/index.ts'
import { addGeneralModel, TURNED, writersStore } from '../adaptation/writers.ts'
import { fill } from '../exchange/corpus.ts'
import { word } from '../fuzz/importers.ts'
import { smallStore } from '../training/small-store.ts'
import { frames } from '../store/frames.ts'
import { ERASED, MARK } from './erased.ts'

/** Something that the app is ended in the middle of. */
export interface Work {
  /** How many of 100 kills fall on it. */
  share: number
  /** A killed work is gone on with this often, and killed again, before it may come to its end. */
  again: number
  /** Makes what the work begins with, in this folder; `all.sqlite` is its database. */
  prepare(folder: string): Promise<void> | void
  /**
   * What is wrong after a kill, or after the work came to its end; `said` is what it printed until then. Opens the
   * database as the next start does.
   */
  faults(folder: string, said: string, isOver: boolean): Promise<string[]> | string[]
}

const IMPORTED = 600

export const WORKS: Record<string, Work> = {
  record: { share: 35, again: 0, prepare: () => undefined, faults: recorded },
  import: { share: 20, again: 1, prepare: importable, faults: imported },
  erase: { share: 15, again: 1, prepare: erasable, faults: erased },
  create: { share: 10, again: 1, prepare: () => undefined, faults: created },
  train: { share: 10, again: 2, prepare: trainable, faults: trained },
  adapt: { share: 10, again: 2, prepare: adaptable, faults: adapted },
}

/** Opens a database as the next start does, and looks whether it is whole. */
async function withStore(folder: string, look: (store: Store) => Promise<string[]> | string[]): Promise<string[]> {
  const store = openStore(join(folder, 'all.sqlite'))
  try {
    const integrity = store.connection.pragma('integrity_check')
    const broken = store.connection.all('SELECT * FROM pragma_foreign_key_check').length
    const left = store.recordings.count({ state: 'open' })
    return [
      ...(integrity === 'ok' ? [] : [`integrity: ${String(integrity)}`]),
      ...(broken === 0 ? [] : [`${broken} broken references`]),
      ...(left === 0 ? [] : [`${left} recordings are still open`]),
      ...(await look(store)),
    ]
  } finally {
    store.close()
  }
}

/** Every line that was printed acknowledges frames of a recording, or its end. */
function recorded(folder: string, said: string): Promise<string[]> {
  const acknowledged = new Map<number, { frames: number; finished: boolean }>()
  for (const line of said.split('\n').slice(0, -1)) {
    const [id, count, finished] = line.split(' ')
    if (id !== 'go') acknowledged.set(Number(id), { frames: Number(count), finished: finished !== undefined })
  }
  return withStore(folder, (store) => {
    const all = new Map([...store.recordings.each({})].map((recording) => [recording.id, recording]))
    return [...acknowledged].flatMap(([id, was]) => {
      if (was.frames === 0) return []
      const is = all.get(id)
      if (is === undefined || is.frames < was.frames)
        return [`of recording ${id} ${was.frames} frames were acknowledged and ${is?.frames ?? 0} are there`]
      if (was.finished && is.state !== 'finished') return [`recording ${id} was finished and is ${is.state}`]
      const { values } = store.recordings.signal(id)
      return Buffer.compare(
        Buffer.from(values.buffer, values.byteOffset, values.byteLength),
        Buffer.from(frames(0, is.frames).values.buffer),
      ) === 0
        ? []
        : [`recording ${id} holds other values`]
    })
  })
}

async function importable(folder: string): Promise<void> {
  const source = openStore(join(folder, 'source.sqlite'))
  fill(
    source,
    Array.from({ length: IMPORTED }, (_, seed) => word(seed)),
  )
  await exportRecordings(source, 'ndjson', join(folder, 'words.ndjson'))
  source.close()
}

/** The next import of the same file brings what is missing, and nothing twice. */
function imported(folder: string, _: string, isOver: boolean): Promise<string[]> {
  return withStore(folder, async (store) => {
    if (isOver) return countedAs(store, IMPORTED)
    const before = store.recordings.count({})
    const { imported: now, duplicates } = await importRecordings(store, 'ndjson', join(folder, 'words.ndjson'))
    return [
      ...(now + before === IMPORTED && duplicates === before
        ? []
        : [`${before} were there, ${now} were imported, ${duplicates} were known`]),
      ...countedAs(store, IMPORTED),
    ]
  })
}

function countedAs(store: Store, wanted: number): string[] {
  const all = [...store.recordings.each({})]
  for (const { id } of all) store.recordings.signal(id)
  return all.length === wanted ? [] : [`${all.length} of ${wanted} recordings are there`]
}

/** As recording leaves it: pieces of open recordings were put together, so that freed pages hold copies of samples. */
function erasable(folder: string): void {
  const store = openStore(join(folder, 'all.sqlite'))
  for (const name of [ERASED, 'stays']) {
    const { id } = store.writers.create({ name, handedness: 'unknown' })
    const session = store.sessions.create({ writerId: id, deviceName: 'pen', origin: 'recorded', profile: {} })
    for (let at = 0; at < 40; at++) {
      const block = frames(0, 200)
      block.values.fill(name === ERASED ? MARK : at)
      const recording = store.recordings.begin({
        sessionId: session.id,
        label: 'x',
        channels: block.channels,
        rateHz: 100,
      })
      for (let piece = 0; piece < 3; piece++) {
        recording.append(block)
        store.flush()
      }
      recording.finish()
    }
    store.sessions.end(session.id)
  }
  store.close()
}

/** The writer is there with everything, or gone; and where gone, no sample is left once the app has been open again. */
async function erased(folder: string): Promise<string[]> {
  let gone = false
  const faults = await withStore(folder, (store) => {
    const writer = store.writers.find(ERASED)
    gone = writer === undefined
    const kept = store.recordings.count({ writerId: store.writers.find('stays')!.id })
    return [
      ...(writer === undefined || store.recordings.count({ writerId: writer.id }) === 40
        ? []
        : ['the writer lost some words and stayed']),
      ...(kept === 40 ? [] : [`the other writer has ${kept} of 40 words`]),
    ]
  })
  const needle = Buffer.from(new Float32Array(4).fill(MARK).buffer)
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  )
  const left = gone ? files.filter((path) => readFileSync(path).includes(needle)) : []
  return [...faults, ...left.map((path) => `samples of the deleted writer are left in ${path}`)]
}

/** Whatever there was of it, the next start has the whole schema, and can write. */
function created(folder: string): Promise<string[]> {
  const path = join(folder, '..', 'whole.sqlite')
  const whole = openStore(path)
  const schema = schemaOf(whole)
  whole.close()
  return withStore(folder, (store) => {
    if (schemaOf(store) !== schema) return ['the schema is another than that of a database that nobody disturbed']
    store.sessions.create({
      writerId: store.writers.findOrCreate('w01', { handedness: 'right', virtual: false }).id,
      deviceName: 'pen',
      origin: 'recorded',
      profile: {},
    })
    return []
  })
}

function schemaOf({ connection }: Store): string {
  return JSON.stringify([
    connection.all('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name'),
    connection.pragma('user_version'),
    connection.pragma('application_id'),
  ])
}

function trainable(folder: string): void {
  moveTo(folder, smallStore(['ab', 'ba', 'aab', 'bba']))
}

/** Once it is over, the weights are those of a training that nobody disturbed. */
function trained(folder: string, said: string, isOver: boolean): Promise<string[]> {
  return withStore(folder, (store) => {
    const states = store.runs.list().map(({ state }) => state)
    // Where its process alone was killed, it has failed and can be resumed all the same.
    const faults = states.every(
      (state) => state === 'finished' || (!isOver && (state === 'interrupted' || state === 'failed')),
    )
      ? []
      : [`the run is ${states.join(', ')} (${said.slice(-200)})`]
    return [...faults, ...missingFiles(store), ...(isOver ? sameWeights(folder, store) : [])]
  })
}

async function adaptable(folder: string): Promise<void> {
  const words = writersStore()
  await addGeneralModel(words)
  moveTo(folder, words.store)
}

function adapted(folder: string, said: string, isOver: boolean): Promise<string[]> {
  return withStore(folder, (store) => {
    const versions = store.adaptations.list(store.writers.find(TURNED)!.id)
    const settled = versions.filter(({ modelId }) => modelId !== null).length
    return [
      ...(versions.length <= 1 ? [] : [`${versions.length} versions`]),
      ...(isOver && settled !== 1 ? [`no version came of it (${said.slice(-200)})`] : []),
      ...missingFiles(store),
      ...(isOver ? sameWeights(folder, store) : []),
    ]
  })
}

function missingFiles(store: Store): string[] {
  return store.models.list().flatMap(({ id }) =>
    store.models
      .paths(id)
      .filter((path) => !existsSync(path))
      .map((path) => `${path} is missing`),
  )
}

/** The first that came to its end is what the others are compared with. */
function sameWeights(folder: string, store: Store): string[] {
  const newest = store.models.list().reduce((a, b) => (a.id > b.id ? a : b))
  const hash = createHash('sha256')
    .update(readFileSync(store.models.paths(newest.id)[0]!))
    .digest('hex')
  const known = join(folder, '..', `${folder.split('/').at(-2) ?? ''}.weights`)
  if (!existsSync(known)) writeFileSync(known, hash)
  return readFileSync(known, 'utf8') === hash
    ? []
    : ['the weights are others than those of a training that nobody disturbed']
}

function moveTo(folder: string, store: Store): void {
  store.close()
  copyFileSync(store.path, join(folder, 'all.sqlite'))
  mkdirSync(join(folder, 'all-files'), { recursive: true })
  cpSync(store.files, join(folder, 'all-files'), { recursive: true })
  rmSync(join(store.path, '..'), { recursive: true, force: true })
}
