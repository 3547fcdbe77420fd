/** A virtual corpus in the store: one virtual writer and one session each, nothing left of it when it is cancelled. */
import { refuseOtherKind } from '../exchange/import-session.ts'
import { openStore } from '../store/index.ts'
import type { Store } from '../store/index.ts'
import type { CorpusAbout, CorpusRecording, CorpusSink } from './corpus.ts'
import { DIGIPEN_RANGES } from '../simulator/profile.ts'
import type { PenHold } from '../simulator/hold.ts'

/** Recordings in one transaction: few enough to be quick to lose, enough for SQLite to be fast. */
const BATCH = 200

/**
 * Writes into the database at a path, which is opened by `begin` and closed at the end. `begin` throws what `openStore`
 * throws.
 */
export function databaseSink(path: string): CorpusSink {
  let store: Store | undefined
  let sink: StoreSink | undefined
  const close = () => {
    store?.close()
    store = undefined
  }
  return {
    begin(about) {
      store = openStore(path)
      sink = new StoreSink(store)
      sink.begin(about)
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
  private about: CorpusAbout | undefined

  constructor(store: Store) {
    this.store = store
  }

  begin(about: CorpusAbout): void {
    this.about = about
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
      for (const { writer, index, recording, source } of this.pending) {
        const sourceId =
          source === undefined
            ? `virtual/${writer.seed}/${index}/${recording.take}`
            : `re-enacted/${writer.seed}/${source}`
        this.store.recordings.insert({
          sessionId: this.sessionOf(writer),
          label: recording.label === '' ? null : recording.label,
          signal: recording.signal,
          sourceId,
        })
      }
    })
    this.pending.length = 0
  }

  private sessionOf(writer: PenHold): number {
    if (this.current?.seed === writer.seed) return this.current.session
    this.endSession()
    const { store } = this
    const known = store.writers.find(writer.name)
    const simulated = { virtual: true, reenacted: writer.reenacted ?? false }
    refuseOtherKind(known, simulated)
    const owner = known ?? store.writers.create({ name: writer.name, handedness: writer.handedness, ...simulated })
    if (known === undefined) this.newWriters.push(owner.id)
    const { seed, reenacted } = this.about ?? {}
    // Only a virtual writer is found again by this name: its strokes can be simulated anew.
    const hand = reenacted === undefined ? { writer } : { reenacted, hold: writer }
    const profile = {
      virtual: true,
      ...(seed === undefined ? {} : { corpusSeed: seed }),
      ranges: DIGIPEN_RANGES,
      ...hand,
    }
    const session = store.sessions.create({
      writerId: owner.id,
      deviceName: `${simulated.reenacted ? 'Simulated' : 'Virtual'} pen of ${writer.name}`,
      origin: 'simulated',
      ...simulated,
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
