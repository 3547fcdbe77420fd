import { after } from '../process/background.ts'
import type { OpenRecording } from '../store/index.ts'
import type { FrameHistory } from './frame-history.ts'

const RETRY_MS = 1000

interface Word {
  recording: OpenRecording
  /** The frame of the stream that is the recording's first. */
  first: number
  /** The next frame of the stream to append. */
  next: number
  /** Whether its beginning is in other recordings, which were full. */
  continues: boolean
}

/**
 * The word that is being written, in the store as far as it is on paper. A word that is over but could not be finished
 * on the disk is tried again, every second and whenever it is asked for, until it works or the word is dropped.
 */
export class WordOnDisk {
  readonly #saved: (recordingId: number) => void
  readonly #failed: (error: unknown) => void
  readonly #goOn: () => OpenRecording
  readonly #tooLong: () => void
  #word: Word | undefined
  #unsaved: { word: Word; frames: number; retry: NodeJS.Timeout } | undefined

  /**
   * `saved` hears of each word that is whole on the disk, `failed` of each time that one could not be finished. Where a
   * recording is full, it is kept as interrupted, and the word goes on in the one that `goOn` begins; `tooLong` hears
   * when such a word ends, none of whose recordings holds it.
   */
  constructor(parts: {
    saved: (recordingId: number) => void
    failed: (error: unknown) => void
    goOn: () => OpenRecording
    tooLong: () => void
  }) {
    this.#saved = parts.saved
    this.#failed = parts.failed
    this.#goOn = parts.goOn
    this.#tooLong = parts.tooLong
  }

  get phase(): 'none' | 'writing' | 'unsaved' {
    if (this.#unsaved !== undefined) return 'unsaved'
    return this.#word === undefined ? 'none' : 'writing'
  }

  /** The next frame of the stream that the word needs; undefined while none is written. */
  get next(): number | undefined {
    return this.#word?.next
  }

  /** So many frames still fit into the recording of the word; undefined while none is written. */
  get framesLeft(): number | undefined {
    return this.#word && fullAt(this.#word) - this.#word.next
  }

  /** A word begins with a frame of the stream. */
  begin(recording: OpenRecording, frame: number): void {
    this.#word = { recording, first: frame, next: frame, continues: false }
  }

  /** Appends the frames before `to`, where a word is written. */
  write(history: FrameHistory, to: number): void {
    for (let word = this.#word; word !== undefined && word.next < to;) {
      if (word.next >= fullAt(word)) word = this.#word = this.#continued(word)
      const until = Math.min(to, fullAt(word))
      for (const block of history.between(word.next, until)) word.recording.append(block)
      word.next = until
    }
  }

  /**
   * The word ends with a frame of the stream. Throws what keeps it from the disk; without a word there is nothing to
   * do.
   */
  end(history: FrameHistory, last: number): void {
    const word = this.#word
    if (word === undefined) return
    this.write(history, last + 1)
    if (this.#word?.continues) {
      this.interrupt()
      this.#tooLong()
      return
    }
    this.#word = undefined
    this.#finish(word, last + 1 - word.first)
  }

  /** Tries again to finish a word that is over. Throws what keeps it from the disk. */
  save(): void {
    if (this.#unsaved !== undefined) this.#finish(this.#unsaved.word, this.#unsaved.frames)
  }

  /** Keeps the word as interrupted; whether there was one. */
  interrupt(): boolean {
    const word = this.#current
    this.#letGo()
    word?.recording.interrupt()
    return word !== undefined
  }

  /** Throws the word away; whether there was one. It stays where it cannot be thrown away. */
  drop(): boolean {
    const word = this.#current
    word?.recording.discard()
    this.#letGo()
    return word !== undefined
  }

  /**
   * The word with the recording that comes after a full one. Nothing is changed where that cannot be ended, or the next
   * one cannot begin.
   */
  #continued(word: Word): Word {
    if (!word.recording.isClosed) word.recording.interrupt()
    return { recording: this.#goOn(), first: word.next, next: word.next, continues: true }
  }

  get #current(): Word | undefined {
    return this.#word ?? this.#unsaved?.word
  }

  #letGo(): void {
    clearTimeout(this.#unsaved?.retry)
    this.#word = undefined
    this.#unsaved = undefined
  }

  #finish(word: Word, frames: number): void {
    clearTimeout(this.#unsaved?.retry)
    try {
      word.recording.finish({ frames })
    } catch (error) {
      this.#unsaved = {
        word,
        frames,
        retry: after(RETRY_MS, 'recording', 'a word could not be saved', () => this.#finishLater()).unref(),
      }
      this.#failed(error)
      throw error
    }
    this.#unsaved = undefined
    this.#saved(word.recording.id)
  }

  /** Nobody waits for this try: what goes wrong was told. */
  #finishLater(): void {
    try {
      this.save()
    } catch (error) {
      this.#failed(error)
    }
  }
}

/** The frame of the stream that does not fit any more. */
function fullAt({ recording, first }: Word): number {
  return first + recording.longestFrames
}
