import { KalamosError } from '../../shared/errors.ts'
import type { Channel, FrameBlock } from '../../shared/signal.ts'
import { firstFrames, joinStretches, measure, stretchOf, type Stretch } from './block.ts'
import type { Connection } from './connection.ts'
import { validLabel } from './label.ts'
import { keepBlock, readBlocks } from './stored-block.ts'

/** So much of one recording is put together at once; one block of SQLite's could hold eight times as much. */
export const LARGEST_BYTES = 128 * 1024 * 1024
/** Whoever records begins another recording after so long, or so much. */
const LONGEST_MS = 30 * 60 * 1000
const ROOMY_BYTES = 32 * 1024 * 1024

/** Takes note of recordings that have frames to write; see `WriteQueue`. */
export interface Queue {
  enter(recording: OpenRecording): void
  leave(recording: OpenRecording): void
  filled(recording: OpenRecording): void
  /** Hears that something was committed and synced. */
  committed(): void
}

/**
 * A recording while it is written. `append` queues; the write queue commits what is queued within 100 ms and syncs it
 * right behind. `framesWritten` survive the end of the program, `framesOnDisk` that of the power too: they are
 * acknowledged.
 */
export class OpenRecording {
  readonly id: number
  readonly channels: readonly Channel[]
  readonly rateHz: number
  /**
   * Called when writing or syncing starts to fail, and with null when both work again. What failed is kept and tried
   * again.
   */
  onProblem: ((problem: unknown) => void) | undefined
  readonly #database: Connection
  readonly #queue: Queue
  #waiting: Stretch[] = []
  #waitingFrames = 0
  #framesWritten = 0
  #framesOnDisk = 0
  #lostWritten = 0
  #closed = false

  constructor(id: number, channels: readonly Channel[], rateHz: number, database: Connection, queue: Queue) {
    this.id = id
    this.channels = channels
    this.rateHz = rateHz
    this.#database = database
    this.#queue = queue
    queue.enter(this)
  }

  /** Frames that are committed and synced. */
  get framesOnDisk(): number {
    return this.#framesOnDisk
  }

  /** Frames that are committed. */
  get framesWritten(): number {
    return this.#framesWritten
  }

  get frames(): number {
    return this.#framesWritten + this.#waitingFrames
  }

  get isClosed(): boolean {
    return this.#closed
  }

  /** Memory held by frames that are not written yet. */
  get waitingBytes(): number {
    return this.#waitingFrames * this.#bytesPerFrame
  }

  /**
   * With so many frames whoever records is to end it and to begin another: 30 minutes, or less where a pen sends much.
   */
  get longestFrames(): number {
    return Math.floor(Math.min((LONGEST_MS / 1000) * this.rateHz, ROOMY_BYTES / this.#bytesPerFrame))
  }

  /**
   * Queues a copy of the block. Throws `invalid-input` where its channels are not the recording's, `conflict` where it
   * is full.
   */
  append(block: FrameBlock): void {
    if (this.#closed) throw new KalamosError('conflict', `Recording ${this.id} is closed.`)
    const fits =
      block.channels.length === this.channels.length &&
      block.channels.every((channel, i) => channel.name === this.channels[i]!.name)
    if (!fits) {
      throw new KalamosError(
        'invalid-input',
        `Recording ${this.id} has the channels ${names(this.channels)}; frames with ${names(block.channels)} do ` +
          'not belong to it.',
        'End the recording and begin another one for the new channels.',
      )
    }
    if (block.count === 0) return
    if ((this.frames + block.count) * this.#bytesPerFrame > LARGEST_BYTES) {
      throw new KalamosError(
        'conflict',
        `Recording ${this.id} is full.`,
        'End it and begin another one; what was recorded is kept.',
      )
    }
    this.#waiting.push(stretchOf(block))
    this.#waitingFrames += block.count
    this.#queue.filled(this)
  }

  /**
   * Writes what is queued as one chunk, inside the caller's transaction.
   * Returns what to do once that transaction is committed; until then everything stays queued.
   */
  writeWaiting(): (() => void) | undefined {
    if (this.#waitingFrames === 0) return undefined
    const taken = this.#waiting.length
    const chunk = joinStretches(this.#waiting, this.channels.length)
    const frames = this.#framesWritten + chunk.frames
    const figures = measure(chunk, this.rateHz)
    const lost = this.#lostWritten + figures.lostFrames
    const startedAt = this.#framesWritten === 0 && Number.isFinite(figures.startedAt) ? figures.startedAt : null
    keepBlock(this.#database, 'chunks', this.id, chunk, this.channels.length)
    this.#database.run(
      'UPDATE recordings SET frames = ?, lost_frames = ?, duration_ms = ?, started_at = coalesce(?, started_at) ' +
        'WHERE id = ?',
      frames,
      lost,
      ((frames + lost) * 1000) / this.rateHz,
      startedAt,
      this.id,
    )
    return () => {
      this.#waiting.splice(0, taken)
      this.#waitingFrames -= chunk.frames
      this.#framesWritten = frames
      this.#lostWritten = lost
    }
  }

  /** The first `frames` frames, of those that are written, are on the disk. Syncs may be told in any order. */
  synced(frames: number): void {
    this.#framesOnDisk = Math.max(this.#framesOnDisk, frames)
  }

  /**
   * Ends the recording, with another label or only its first `frames` frames if so told.
   * Throws `empty-recording` where no frame is left, and throws the recording away then.
   */
  finish(last: { label?: string | null; frames?: number } = {}): void {
    if (Math.min(this.frames, last.frames ?? Infinity) <= 0 && !this.#closed) {
      this.discard()
      throw new KalamosError(
        'empty-recording',
        `Recording ${this.id} has no samples.`,
        'Check that the pen streams, then write again.',
      )
    }
    this.#close('finished', last)
  }

  /** Ends the recording where it stands because the pen or the program went away. One without frames is thrown away. */
  interrupt(): void {
    if (this.frames === 0 && !this.#closed) this.discard()
    else this.#close('interrupted', {})
  }

  /** Throws the recording away. */
  discard(): void {
    if (this.#closed) return
    this.#database.run('DELETE FROM recordings WHERE id = ?', this.id)
    this.#leave()
  }

  get #bytesPerFrame(): number {
    return this.channels.length * 4 + 16
  }

  #close(state: 'finished' | 'interrupted', last: { label?: string | null; frames?: number }): void {
    if (this.#closed) throw new KalamosError('conflict', `Recording ${this.id} is closed already.`)
    this.#database.transaction(() => {
      if (last.label !== undefined)
        this.#database.run('UPDATE recordings SET label = ? WHERE id = ?', validLabel(last.label), this.id)
      const whole = { id: this.id, rateHz: this.rateHz, channels: this.channels.length, state }
      consolidate(this.#database, whole, this.#waiting, last.frames)
    })
    this.#queue.committed()
    this.#leave()
  }

  #leave(): void {
    this.#closed = true
    this.#waiting = []
    this.#waitingFrames = 0
    this.#queue.leave(this)
  }
}

/** A recording that is to have one block. */
export interface Ending {
  id: number
  rateHz: number
  channels: number
  state: 'finished' | 'interrupted'
}

/**
 * Makes one block of a recording's chunks and what is still waiting, cut to `frames`, inside the caller's transaction.
 * Returns its frames. Throws `database-damaged` where a chunk does not add up.
 */
export function consolidate(
  database: Connection,
  recording: Ending,
  waiting: readonly Stretch[],
  frames = Infinity,
): number {
  const { id, channels, rateHz, state } = recording
  const { stretches } = readBlocks(database, id, channels, ['chunks'])
  const whole = firstFrames(joinStretches([...stretches, ...waiting], channels), frames, channels)
  const figures = measure(whole, rateHz)
  keepBlock(database, 'samples', id, whole, channels)
  database.run('DELETE FROM chunks WHERE recording_id = ?', id)
  database.run(
    'UPDATE recordings SET state = ?, frames = ?, lost_frames = ?, duration_ms = ?, started_at = coalesce(?, ' +
      'started_at) WHERE id = ?',
    state,
    whole.frames,
    figures.lostFrames,
    figures.durationMs,
    Number.isFinite(figures.startedAt) ? figures.startedAt : null,
    id,
  )
  return whole.frames
}

function names(channels: readonly Channel[]): string {
  return channels.map(({ name }) => name).join(' ')
}
