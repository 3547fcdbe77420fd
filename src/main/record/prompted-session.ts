import type { Device, DeviceProfile } from '../../shared/api/devices.ts'
import type { RecorderState, Session } from '../../shared/api/recordings.ts'
import { errorShape, KalamosError } from '../../shared/errors.ts'
import { say, type Said } from '../../shared/messages/index.ts'
import type { FrameBlock } from '../../shared/signal.ts'
import type { OpenRecording, Store } from '../store/index.ts'
import type { Judging } from './judging.ts'
import type { Progress } from './progress.ts'
import { WordOnDisk } from './word-on-disk.ts'
import { WordStream } from './word-stream.ts'

export interface SessionOptions {
  store: Store
  session: Session
  device: Device
  profile: DeviceProfile
  protocol: RecorderState['protocol']
  progress: Progress
  judging: Judging
  /** Something that is shown has changed. */
  changed: () => void
  /** A recording came or went. */
  recorded: () => void
  /** The next prompt is up: a virtual pen writes it. */
  prompted: (prompt: string) => void
}

/** With this share of a recording left, it is said that it will be full. */
const WARN_SHARE = 1 / 6
const END_IT = say('record.word-written-end-nobody')

/** States of a device in which frames come, or are about to. */
const PRESENT: readonly Device['state'][] = ['streaming', 'opening']

/**
 * One writer at one pen, prompt after prompt. Every word is written to the store while it is written on paper;
 * it becomes the recording of its prompt when it ends. When the pen goes away in the middle of a word, the word is kept
 * as interrupted, and the same prompt waits for the pen to come back.
 */
export class PromptedSession {
  readonly id: number
  readonly #options: SessionOptions
  readonly #rateHz: number
  readonly #progress: Progress
  #stream: WordStream | undefined
  readonly #word = new WordOnDisk({
    saved: (id) => this.#saved(id),
    failed: (error) => this.#fail(error),
    goOn: () => this.#goOn(),
    tooLong: () => this.#tooLong(),
  })
  #away = false
  #problem: RecorderState['problem'] = null
  #lostFrames = 0
  /** So many frames fit into the recording of a word, and whether it was said that they are nearly there. */
  #longest = Infinity
  #isLong = false
  /** The pen was unplugged, and its next frame is the first since. */
  #returned = false

  /** Throws `device-unsuitable` where words cannot be told apart by pauses with what the device sends. */
  constructor(options: SessionOptions) {
    this.#options = options
    this.id = options.session.id
    this.#progress = options.progress
    this.#rateHz = options.device.nominalRateHz ?? options.profile.rateHz
    this.deviceIs(options.device)
    this.#prompt()
  }

  get state(): RecorderState {
    const { session, device, protocol } = this.#options
    return {
      sessionId: session.id,
      deviceId: device.id,
      writerId: session.writerId,
      protocol,
      ...this.#progress.told,
      phase: this.#phase(),
      lostFrames: this.#lostFrames,
      problem: this.isDone ? null : this.#problem,
    }
  }

  get isDone(): boolean {
    return this.#progress.isDone
  }

  /** Takes the next frames of the pen. Never throws: what goes wrong is part of the state. */
  push(block: FrameBlock): void {
    if (this.isDone || this.#progress.sessionStep !== null || block.count === 0) return
    try {
      this.#backAgain()
      this.#take(block)
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Takes the device's state as the hub tells it; undefined when it is no longer listed. */
  deviceIs(device: Device | undefined): void {
    if (device !== undefined && PRESENT.includes(device.state)) return this.#backAgain()
    if (device?.state === 'lost') this.#returned = true
    const name = device?.name ?? this.#options.device.name
    const problem = device?.problem ?? {
      message: say(AWAY[device?.state ?? 'gone'], { name }),
      hint: say('record.connect-open-again-session'),
    }
    if (this.#away && JSON.stringify(this.#problem?.message) === JSON.stringify(problem.message)) return
    this.#away = true
    this.#problem = problem
    try {
      this.#interrupt()
    } catch (error) {
      this.#fail(error)
    }
    this.#options.changed()
  }

  /**
   * Ends the word that is being written, or what is to be read, and goes on. Throws `empty-recording` where nothing was
   * written, `conflict` where more is wanted than reading.
   */
  next(): void {
    this.#mustGoOn()
    if (this.#progress.sessionStep !== null) return this.#between((progress) => progress.pass())
    if (this.#word.phase === 'unsaved') return this.#word.save()
    if (this.#away)
      throw new KalamosError(
        'device-gone',
        this.#problem?.message ?? say('record.away', { name: this.#options.device.name }),
        this.#problem?.hint,
      )
    if (this.#word.phase === 'none')
      throw new KalamosError(
        'empty-recording',
        say('record.nothing-written-yet', { promptText: this.#promptText() }),
        say('record.write-skip'),
      )
    const { history } = this.#stream!
    for (const event of this.#stream!.flush()) if (event.type === 'end') this.#word.end(history, event.last)
  }

  /** The writer agrees to the text that is shown. */
  agree(): void {
    this.#between((progress) => progress.agree())
  }

  answer(answers: Readonly<Record<string, string>>): void {
    this.#between((progress) => progress.answer(answers))
  }

  /** Takes a break; a word that is being written is kept as interrupted, and asked for again after it. */
  rest(): void {
    this.#mustGoOn()
    this.#interrupt()
    this.#between((progress) => progress.rest())
  }

  note(text: string, aboutLast: boolean): void {
    this.#options.store.promptedSessions.note(
      this.id,
      aboutLast ? (this.#progress.last?.recordingId ?? null) : null,
      text,
    )
  }

  /**
   * Throws the word that is being written away, or else the last one, and asks for it again. Throws `conflict` where
   * there is none.
   */
  redo(): void {
    if (this.#dropWord()) return this.#prompt()
    const last = this.#progress.back()
    this.#stream = undefined
    if (last !== null) this.#options.recorded()
    this.#prompt()
  }

  skip(): void {
    this.#mustGoOn()
    if (this.#progress.sessionStep !== null) return this.next()
    this.#dropWord()
    this.#progress.skip()
    this.#prompt()
  }

  /** Ends the session; a word that is being written is kept as interrupted. */
  stop(): void {
    this.#options.judging.stop()
    try {
      this.#interrupt()
    } finally {
      this.#options.store.sessions.end(this.id)
    }
  }

  #take(block: FrameBlock): void {
    if (this.#stream !== undefined && !this.#stream.continues(block)) this.#interrupt()
    this.#stream ??= new WordStream(
      this.#options.profile.segmentation,
      this.#progress.prompt.advance,
      block.channels,
      this.#rateHz,
    )
    const stream = this.#stream
    // What a pen wrote while it was unplugged is no frame of this session that was lost.
    for (let i = this.#returned ? 1 : 0; i < block.count; i++) this.#lostFrames += block.lostBefore[i]!
    this.#returned = false
    for (const event of stream.push(block)) {
      if (event.type === 'start') this.#begin(event.frame)
      else this.#word.end(stream.history, event.last)
      // The last prompt of a block may be followed by a break, or by prompts that end in another way.
      if (this.#stream !== stream) return
    }
    this.#word.write(stream.history, stream.history.next)
    this.#warnOfLength()
    if (this.#stream === stream) stream.forget(this.#word.next)
  }

  #begin(frame: number): void {
    if (this.isDone || this.#word.phase !== 'none') return
    this.#word.begin(this.#newRecording(), frame)
    this.#isLong = false
    this.#solve()
  }

  #newRecording(): OpenRecording {
    const recording = this.#options.store.recordings.begin({
      sessionId: this.id,
      label: this.#progress.prompt.label,
      channels: this.#stream!.channels,
      rateHz: this.#rateHz,
    })
    this.#options.store.promptedSessions.belongs(recording.id, this.#progress.index, this.#progress.prompt.tag)
    recording.onProblem = (problem) => (problem === null ? this.#solve() : this.#fail(problem))
    this.#longest = recording.longestFrames
    return recording
  }

  /** The recording of the word is full: another one takes the frames that follow. */
  #goOn(): OpenRecording {
    const recording = this.#newRecording()
    this.#isLong = false
    this.#tell(say('record.word-become-longer-minutes', { longestMinutes: this.#longestMinutes }), END_IT)
    this.#options.recorded()
    return recording
  }

  /** A word that is in several recordings has ended: its prompt is up again. */
  #tooLong(): void {
    this.#stream = undefined
    this.#options.recorded()
    this.#prompt()
    this.#tell(
      say('record.word-longer-minutes-kept', { longestMinutes: this.#longestMinutes }),
      say('record.write-again-skip'),
    )
  }

  /** Says it once, a while before the recording of the word is full. */
  #warnOfLength(): void {
    const left = this.#word.framesLeft
    if (this.#isLong || left === undefined || left > this.#longest * WARN_SHARE) return
    this.#isLong = true
    this.#tell(say('record.word-nearly-minutes-long', { longestMinutes: this.#longestMinutes }), END_IT)
  }

  get #longestMinutes(): number {
    return Math.max(1, Math.round(this.#longest / this.#rateHz / 60))
  }

  #tell(message: Said, hint: Said): void {
    this.#problem = { message, hint }
    this.#options.changed()
  }

  /** A word is whole on the disk. */
  #saved(id: number): void {
    const { label } = this.#progress.prompt
    this.#progress.recorded(id)
    this.#solve()
    this.#judge(id, label)
    this.#options.recorded()
    this.#prompt()
  }

  /** A verdict that cannot be had or kept costs no word. */
  #judge(recordingId: number, label: string | null): void {
    try {
      this.#options.judging.judge(recordingId, label, (verdict) => {
        this.#progress.judged(recordingId, verdict)
        this.#options.changed()
      })
    } catch (error) {
      this.#fail(error)
    }
  }

  #between(step: (progress: Progress) => void): void {
    step(this.#progress)
    this.#stream = undefined
    this.#prompt()
  }

  /** Keeps the word that is being written as interrupted. The stream begins anew afterwards. */
  #interrupt(): void {
    this.#stream = undefined
    if (this.#word.interrupt()) this.#options.recorded()
  }

  #dropWord(): boolean {
    const dropped = this.#word.drop()
    this.#stream = undefined
    this.#problem = this.#away ? this.#problem : null
    return dropped
  }

  #backAgain(): void {
    if (!this.#away) return
    this.#away = false
    this.#problem = null
    this.#prompt()
  }

  #phase(): RecorderState['phase'] {
    if (this.isDone) return 'done'
    if (this.#progress.sessionStep !== null) return 'sessionStep'
    if (this.#away || this.#word.phase === 'unsaved') return 'paused'
    if (this.#word.phase === 'writing') return 'writing'
    return this.#problem === null ? 'waiting' : 'paused'
  }

  #prompt(): void {
    this.#options.changed()
    const isUp = !this.isDone && this.#progress.sessionStep === null
    // Frames between prompts are nobody's word, and another prompt may end in another way.
    if (!isUp || this.#stream?.advance !== this.#progress.prompt.advance) this.#stream = undefined
    if (isUp && !this.#away) this.#options.prompted(this.#promptText())
  }

  #promptText(): string {
    return this.#progress.prompt.text
  }

  #mustGoOn(): void {
    if (this.isDone)
      throw new KalamosError('conflict', say('record.all-prompts-done'), say('record.stop-session-write-last'))
  }

  #fail(error: unknown): void {
    const { message, hint } = errorShape(error)
    this.#problem = { message, hint: hint ?? say('record.stop-session-start-again') }
    this.#options.changed()
  }

  #solve(): void {
    if (!this.#away) this.#problem = null
    this.#options.changed()
  }
}

const AWAY = {
  gone: 'record.pen-gone',
  available: 'record.pen-closed',
  opening: 'record.pen-opening',
  streaming: 'record.pen-streaming',
  silent: 'record.pen-silent',
  lost: 'record.pen-lost',
  failed: 'record.pen-failed',
} as const
