import type { Api } from '../../../shared/api.ts'
import type { SessionStep, Question } from '../../../shared/api/protocols.ts'
import type { RecorderState } from '../../../shared/api/recordings.ts'
import type { Terminal } from './terminal.ts'

const isEnter = (key: string): boolean => key === '\r' || key === '\n'
const isErase = (key: string): boolean => key === '\u007f' || key === '\b'

/** What the writer reads, agrees to and answers between prompts, in a terminal: shown once, and led through by keys. */
export class SessionSteps {
  readonly #api: Api
  readonly #terminal: Terminal
  #shown: string | null = null
  #answers: Record<string, string> = {}
  /** What was typed of an answer in free words. */
  #typed = ''

  constructor(api: Api, terminal: Terminal) {
    this.#api = api
    this.#terminal = terminal
  }

  /** Shows what is to be read now, where that is something new. */
  show({ sessionStep, index }: RecorderState): void {
    const key = sessionStep === null ? null : JSON.stringify([index, sessionStep])
    if (key === this.#shown) return
    this.#shown = key
    this.#answers = {}
    this.#typed = ''
    if (sessionStep !== null) this.#terminal.err(`${textOf(sessionStep)}\n`)
    if (sessionStep?.kind === 'questions') this.#ask(sessionStep.questions)
  }

  /** Takes a key that was pressed; the state it led to, or null where it led nowhere. */
  async press(key: string, sessionStep: SessionStep): Promise<RecorderState | null> {
    if (sessionStep.kind === 'questions') return this.#answer(key, sessionStep.questions)
    if (sessionStep.kind === 'consent') return key.toLowerCase() === 'y' ? this.#api.request('record.agree', {}) : null
    return isEnter(key) ? this.#api.request('record.next', {}) : null
  }

  async #answer(key: string, questions: readonly Question[]): Promise<RecorderState | null> {
    const question = this.#open(questions)
    if (question === undefined) return null
    const { id, choices, optional } = question
    if (choices !== undefined) {
      const chosen = choices[Number(key) - 1]
      if (chosen === undefined && !(isEnter(key) && optional)) return null
      this.#answers[id] = chosen ?? ''
    } else if (!isEnter(key)) {
      this.#typed = isErase(key) ? this.#typed.slice(0, -1) : this.#typed + key
      return null
    } else {
      const text = this.#typed.trim()
      this.#typed = ''
      if (text === '' && !optional) return null
      this.#answers[id] = text
    }
    if (this.#open(questions) !== undefined) {
      this.#ask(questions)
      return null
    }
    const given = Object.entries(this.#answers).filter(([, answer]) => answer !== '')
    return this.#api.request('record.answer', { answers: Object.fromEntries(given) })
  }

  #open(questions: readonly Question[]): Question | undefined {
    return questions.find(({ id }) => !Object.hasOwn(this.#answers, id))
  }

  #ask(questions: readonly Question[]): void {
    const question = this.#open(questions)
    if (question === undefined) return
    const { ask, choices, optional } = question
    const how =
      choices === undefined ? 'Type it, then Enter' : choices.map((choice, at) => `${at + 1} ${choice}`).join(', ')
    this.#terminal.err(`${ask} (${how}${optional ? '; Enter alone leaves it unanswered' : ''})\n`)
  }
}

function textOf(sessionStep: SessionStep): string {
  switch (sessionStep.kind) {
    case 'consent':
      return `${sessionStep.text}\n\ny: I agree (version ${sessionStep.version}), q: stop`
    case 'questions':
      return 'Some questions first.'
    case 'calibration':
      return 'The sensors of the pen can be calibrated now, in the window. Enter continues.'
    case 'instructions':
      return `${sessionStep.title}\n${sessionStep.text}\nEnter continues.`
    case 'break':
      return (
        `${sessionStep.text ?? 'A break.'}` +
        (sessionStep.seconds > 0 ? ` At least ${sessionStep.seconds} s.` : '') +
        ' Enter continues.'
      )
  }
}
