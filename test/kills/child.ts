/** Child process: one work on the database of a folder, from where it stands. Says "go" when it begins. */
import { join } from 'node:path'
import { Adapting } from '../../src/main/adaptation/index.ts'
import { Events } from '../../src/main/process/events.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { openEngineForModel } from '../../src/main/ml/programs/open-engine.ts'
import { forkChild } from '../../src/main/process/fork.ts'
import { TrainingQueue } from '../../src/main/training/queue/queue.ts'
import { eraseWriter } from '../../src/main/store/erase.ts'
import { openStore, type Store } from '../../src/main/store/index.ts'
import { TURNED } from '../adaptation/writers.ts'
import { configOf } from '../training/small-store.ts'
import { frames } from '../store/frames.ts'
import { ERASED } from './erased.ts'

const [name, folder] = process.argv.slice(2) as [string, string]
const say = (line: string): boolean => process.stdout.write(`${line}\n`)

const DO: Record<string, (store: Store) => Promise<void> | void> = {
  record,
  import: take,
  erase,
  create: () => undefined,
  train,
  adapt,
}

// Opening is what makes the database and its schema.
if (name === 'create') say('go')
const store = openStore(join(folder, 'all.sqlite'))
if (name !== 'create') say('go')
await DO[name]!(store)
store.close()

/** Three pens, word after word; tells what is on the disk, without an end. */
async function record(): Promise<void> {
  const writer = store.writers.findOrCreate('w01', { handedness: 'right', virtual: false })
  const session = store.sessions.create({ writerId: writer.id, deviceName: 'pen', origin: 'recorded', profile: {} })
  const begin = () =>
    store.recordings.begin({ sessionId: session.id, label: 'Haus', channels: frames(0, 0).channels, rateHz: 100 })
  const pens = [begin(), begin(), begin()]
  for (;;) {
    pens.forEach((recording, pen) => {
      recording.append(frames(recording.frames, 3))
      say(`${recording.id} ${recording.framesOnDisk}`)
      if (recording.frames < 150 * (pen + 1)) return
      recording.finish()
      say(`${recording.id} ${recording.frames} finished`)
      pens[pen] = begin()
    })
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function take(): Promise<void> {
  await importRecordings(store, 'ndjson', join(folder, 'words.ndjson'))
}

function erase(): void {
  const writer = store.writers.find(ERASED)
  if (writer) eraseWriter(store, writer.id)
}

async function train(): Promise<void> {
  const queue = queueOf(new Events())
  const [run] = store.runs.list()
  if (run === undefined) queue.start(configOf({ epochs: 4 }))
  else if (run.state !== 'finished') queue.resume(run.id)
  await queue.idle()
  await queue.close()
}

async function adapt(): Promise<void> {
  const events = new Events()
  const queue = queueOf(events)
  const adapting = new Adapting({ store, events, queue, openEngine: openEngineForModel, fits: () => [] })
  const writerId = store.writers.find(TURNED)!.id
  const [version] = adapting.list(writerId)
  if (version === undefined)
    adapting.start({ writerId, modelId: null, recipe: 'adapter', loss: { kind: 'plain' }, leaveOut: [], seed: 1 })
  else if (version.state !== 'candidate') adapting.resume(version.id)
  await queue.idle()
  await queue.close()
  adapting.close()
}

/** Says which process trains: it is killed as often as this one. */
function queueOf(events: Events): TrainingQueue {
  const fork = (entry: URL) => {
    const child = forkChild(entry)
    say(`trainer ${child.pid}`)
    return child
  }
  return new TrainingQueue({ store, events, fork, codeVersion: 'test' })
}
