/** A virtual corpus in the store: one virtual writer and one session each, nothing left of it when it is cancelled. */
import { openStore } from '../store/index.ts'
import type { Store } from '../store/index.ts'
import type { CorpusRecording, CorpusSink, CorpusSpec } from './corpus.ts'
import { DIGIPEN_RANGES } from '../simulator/profile.ts'
import type { VirtualWriter } from '../simulator/writer.ts'

/** Recordings in one transaction: few enough to be quick to lose, enough for SQLite to be fast. */
const BATCH = 200

/** Writes into the database at a path, which is opened by `begin` and closed at the end. `begin` throws what `openStore` throws. */
export function databaseSink(path: string): CorpusSink {
  let store: Store | undefined
  let sink: StoreSink | undefined
  const close = () => {
    store?.close()
    store = undefined
  }
  return {
    begin(spec) {
      store = openStore(path)
      sink = new StoreSink(store)
      sink.begin(spec)
    },
    add: (item) => sink!.add(item),
    commit() {
      sink!.commit()
      close()
    },
    abort() {
      try {
        sink?.abort()
      } finally {
        close()
      }
    },
  }
}

/**
 * Writes into an open store. Recordings that are there already from the same seed are not stored twice, so a corpus can
 * be made again after its program was killed. `abort` deletes the sessions and writers that this sink added.
 */
export class StoreSink implements CorpusSink {
  private readonly store: Store
  private readonly pending: CorpusRecording[] = []
  private readonly sessions: number[] = []
  private readonly newWriters: number[] = []
  private current: { seed: number; session: number } | undefined
  private spec: CorpusSpec | undefined

  constructor(store: Store) {
    this.store = store
  }

  begin(spec: CorpusSpec): void {
    this.spec = spec
  }

  add(item: CorpusRecording): void {
    this.pending.push(item)
    if (this.pending.length >= BATCH) this.flush()
  }

  commit(): void {
    this.flush()
    this.endSession()
    this.store.sessions.dropEmpty(this.sessions)
  }

  abort(): void {
    this.pending.length = 0
    this.store.sessions.takeBack(this.sessions, this.newWriters)
  }

  private flush(): void {
    this.store.transaction(() => {
      for (const { writer, index, recording } of this.pending) {
        const sourceId = `virtual/${writer.seed}/${index}/${recording.take}`
        this.store.recordings.insert({
          sessionId: this.sessionOf(writer),
          label: recording.label,
          signal: recording.signal,
          sourceId,
        })
      }
    })
    this.pending.length = 0
  }

  private sessionOf(writer: VirtualWriter): number {
    if (this.current?.seed === writer.seed) return this.current.session
    this.endSession()
    const { store } = this
    const known = store.writers.find(writer.name)
    const owner = known ?? store.writers.create({ name: writer.name, handedness: writer.handedness, virtual: true })
    if (known === undefined) this.newWriters.push(owner.id)
    const profile = { virtual: true, corpusSeed: this.spec?.seed, ranges: DIGIPEN_RANGES, writer }
    const session = store.sessions.create({
      writerId: owner.id,
      deviceName: `Virtual pen of ${writer.name}`,
      origin: 'simulated',
      virtual: true,
      profile,
    })
    this.sessions.push(session.id)
    this.current = { seed: writer.seed, session: session.id }
    return session.id
  }

  private endSession(): void {
    if (this.current !== undefined) this.store.sessions.end(this.current.session)
    this.current = undefined
  }
}
