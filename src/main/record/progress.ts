import type { SessionStep, Plan, PlannedPrompt } from '../../shared/api/protocols.ts'
import type { Verdict } from '../../shared/api/quality.ts'
import type { RecorderState } from '../../shared/api/recordings.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import type { Store } from '../store/index.ts'
import type { Outcome } from '../store/prompted-sessions.ts'
import { Pace } from './pace.ts'

/** So many of the latest verdicts are told. */
const TOLD_VERDICTS = 12

type Told = Pick<
  RecorderState,
  | 'prompts'
  | 'index'
  | 'block'
  | 'sessionStep'
  | 'sessionStepSince'
  | 'advance'
  | 'recordedIds'
  | 'skipped'
  | 'verdicts'
  | 'tally'
  | 'secondsLeft'
>

/**
 * How far a session is through its plan. What came of each prompt is in the store as soon as it is known here, so that
 * a session goes on where it stopped, whatever stopped it.
 */
export class Progress {
  readonly plan: Plan
  readonly #store: Store
  readonly #sessionId: number
  readonly #writerId: number
  readonly #outcomes: Outcome[]
  readonly #passed = new Set<number>()
  readonly #pace = new Pace()
  readonly #texts: string[]
  #break: SessionStep | null = null
  #since: { of: SessionStep | null; at: number } = { of: null, at: Date.now() }

  /** Begins where the store says that the session is. */
  constructor(store: Store, session: { id: number; writerId: number }, plan: Plan) {
    this.plan = plan
    this.#store = store
    this.#sessionId = session.id
    this.#writerId = session.writerId
    this.#texts = plan.prompts.map(({ text }) => text)
    this.#outcomes = store.promptedSessions.outcomes(session.id)
    const { answers } = store.promptedSessions.get(session.id)
    plan.sessionSteps.forEach(({ before, sessionStep }, i) => {
      const isKnown =
        (sessionStep.kind === 'consent' &&
          store.promptedSessions.agreed(session.writerId, sessionStep.version, sessionStep.text)) ||
        (sessionStep.kind === 'questions' && answers !== null)
      if (before < this.index || isKnown) this.#passed.add(i)
    })
    this.#moved()
  }

  get index(): number {
    return this.#outcomes.length
  }

  get isDone(): boolean {
    return this.index >= this.plan.prompts.length
  }

  /** The prompt that is to be written; only while it is not done. */
  get prompt(): PlannedPrompt {
    return this.plan.prompts[this.index]!
  }

  /** What is to be read or answered before the prompt may be written. */
  get sessionStep(): SessionStep | null {
    if (this.isDone) return null
    return this.#break ?? this.plan.sessionSteps[this.#pending()]?.sessionStep ?? null
  }

  /** The latest recording; null where there is none or the last prompt was skipped. */
  get last(): Outcome {
    return this.#outcomes.at(-1) ?? null
  }

  get told(): Told {
    const { blocks, prompts, sessionSteps } = this.plan
    const recorded = this.#outcomes.filter((outcome) => outcome !== null)
    const verdicts = recorded.flatMap(({ recordingId, verdict }) =>
      verdict === null ? [] : [{ recordingId, verdict }],
    )
    const tally = { good: 0, check: 0, redo: 0 }
    for (const { verdict } of verdicts) tally[verdict.level]++
    const now = prompts[Math.min(this.index, prompts.length - 1)]!
    const breaks = sessionSteps.reduce(
      (sum, { before, sessionStep }) =>
        sum + (sessionStep.kind === 'break' && before > this.index ? sessionStep.seconds : 0),
      0,
    )
    return {
      prompts: [...this.#texts],
      index: this.index,
      block: blocks.length > 1 ? { name: blocks[now.block]!, number: now.block + 1, of: blocks.length } : null,
      sessionStep: this.sessionStep,
      sessionStepSince: this.sessionStep === null ? null : this.#since.at,
      advance: now.advance,
      recordedIds: recorded.map(({ recordingId }) => recordingId),
      skipped: this.#outcomes.flatMap((outcome, index) => (outcome === null ? [index] : [])),
      verdicts: verdicts.slice(-TOLD_VERDICTS),
      tally,
      secondsLeft: this.isDone ? 0 : this.#pace.secondsFor(prompts.length - this.index, breaks),
    }
  }

  recorded(recordingId: number): void {
    this.#outcomes.push({ recordingId, verdict: null })
    this.#pace.done()
    this.#moved()
  }

  skip(): void {
    this.#store.promptedSessions.skip(this.#sessionId, this.index)
    this.#outcomes.push(null)
    this.#pace.done()
    this.#moved()
  }

  /** Goes back to the prompt before; its recording is deleted. Throws `conflict` before the first. */
  back(): Outcome {
    if (this.#outcomes.length === 0)
      throw new KalamosError('conflict', say('record.no-word-write-again'), say('record.write-first'))
    const last = this.#outcomes.at(-1)!
    if (last === null) this.#store.promptedSessions.unskip(this.#sessionId, this.index - 1)
    else this.#store.recordings.delete([last.recordingId])
    if (this.isDone) this.#store.promptedSessions.reopen(this.#sessionId)
    this.#outcomes.pop()
    this.#break = null
    this.#moved()
    return last
  }

  judged(recordingId: number, verdict: Verdict): void {
    const outcome = this.#outcomes.find((each) => each?.recordingId === recordingId)
    if (!outcome) return
    this.#store.promptedSessions.judge(recordingId, verdict)
    outcome.verdict = verdict
  }

  /** Ends a session step that only wants to be read. Throws `conflict` where more is wanted. */
  pass(): void {
    const sessionStep = this.sessionStep
    if (sessionStep?.kind === 'consent') {
      throw new KalamosError('conflict', say('record.writer-not-agreed-yet'), say('record.record-begins-agree-stop'))
    }
    if (sessionStep?.kind === 'questions') this.answer({})
    else this.#leave()
  }

  /**
   * Keeps what the writer agreed to, with the date, before the first sample. Throws `conflict` where nothing is asked.
   */
  agree(): void {
    const sessionStep = this.sessionStep
    if (sessionStep?.kind !== 'consent') throw new KalamosError('conflict', say('record.no-consent-asked-now'))
    this.#store.promptedSessions.consent(this.#writerId, this.#sessionId, sessionStep.version, sessionStep.text)
    this.#leave()
  }

  /** Throws `conflict` where nothing is asked, `invalid-input` for an answer that is missing or not offered. */
  answer(answers: Readonly<Record<string, string>>): void {
    const sessionStep = this.sessionStep
    if (sessionStep?.kind !== 'questions') throw new KalamosError('conflict', say('record.no-question-asked-now'))
    const { questions } = sessionStep
    const strange = Object.keys(answers).find((id) => !questions.some((question) => question.id === id))
    if (strange !== undefined)
      throw new KalamosError(
        'invalid-input',
        say('record.not-asked', { strange }),
        say('record.questions', { questions: questions.map(({ id }) => id).join(', ') }),
      )
    const given: Record<string, string> = {}
    for (const { id, ask, choices, optional } of questions) {
      const answer = answers[id]?.normalize('NFC') ?? ''
      if (answer === '' && optional) continue
      if (answer === '')
        throw new KalamosError('invalid-input', say('record.not-answered', { ask }), say('record.answer-go'))
      if (choices && !choices.includes(answer))
        throw new KalamosError(
          'invalid-input',
          say('record.no-answer', { answer, ask }),
          say('record.choose', { known: choices.join(', ') }),
        )
      given[id] = answer
    }
    this.#store.promptedSessions.answer(this.#sessionId, given)
    this.#leave()
  }

  /** Takes a break now. */
  rest(): void {
    if (this.isDone || this.sessionStep !== null) return
    this.#break = { kind: 'break', seconds: 0, text: null }
    this.#moved()
  }

  #leave(): void {
    if (this.#break !== null) this.#break = null
    else this.#passed.add(this.#pending())
    this.#moved()
  }

  #pending(): number {
    return this.plan.sessionSteps.findIndex(({ before }, i) => before === this.index && !this.#passed.has(i))
  }

  #moved(): void {
    if (this.isDone) this.#store.promptedSessions.finish(this.#sessionId)
    const { sessionStep } = this
    if (sessionStep !== this.#since.of) this.#since = { of: sessionStep, at: Date.now() }
    if (sessionStep === null) this.#pace.begin()
  }
}
