import type { RecorderState } from '../../../shared/api/recordings.ts'

const LEVELS = { good: 'good', check: 'to check', redo: 'to redo' } as const

/** What a session says in a terminal, each thing once: the prompts, what became of every word, and what is wrong. */
export class SessionLines {
  readonly #say: (line: string) => void
  readonly #told = new Map<number, string>()
  #prompt = -1
  #problem: string | null = null

  constructor(say: (line: string) => void) {
    this.#say = say
  }

  /** The latest verdicts with their reasons; one that a model changed is said again. */
  verdicts({ verdicts, prompts, recordedIds, skipped }: RecorderState): void {
    const written = prompts.filter((_, index) => !skipped.includes(index))
    for (const { recordingId, verdict } of verdicts) {
      const line = [
        `   ${written[recordedIds.indexOf(recordingId)] ?? ''}: ${LEVELS[verdict.level]}.`,
        ...verdict.reasons.map(({ message }) => message),
      ].join(' ')
      if (this.#told.get(recordingId) === line) continue
      this.#told.set(recordingId, line)
      this.#say(line)
    }
  }

  /** The problem, where there is a new one, and the prompt that is up, with what is left. */
  prompt({ problem, sessionStep, index, phase, prompts, secondsLeft }: RecorderState): void {
    const trouble = problem && `${problem.message} ${problem.hint}`
    if (trouble !== null && trouble !== this.#problem) this.#say(trouble)
    this.#problem = trouble
    if (sessionStep !== null || phase === 'done' || index === this.#prompt) return
    this.#prompt = index
    this.#say(
      `${index + 1}/${prompts.length}  ${prompts[index]}` +
        (secondsLeft === null ? '' : `  (about ${inMinutes(secondsLeft)} left)`),
    )
  }
}

function inMinutes(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
}
