import type { Api } from '../../../shared/api.ts'
import type { Interlude, Question } from '../../../shared/api/protocols.ts'
import type { RecorderState } from '../../../shared/api/recordings.ts'
import type { Terminal } from './terminal.ts'

const isEnter = (key: string): boolean => key === '\r' || key === '\n'
const isErase = (key: string): boolean => key === '\u007f' || key === '\b'

/** What the writer reads, agrees to and answers between prompts, in a terminal: shown once, and led through by keys. */
export class Interludes {
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
  show({ interlude, index }: RecorderState): void {
    const key = interlude === null ? null : JSON.stringify([index, interlude])
    if (key === this.#shown) return
    this.#shown = key
    this.#answers = {}
    this.#typed = ''
    if (interlude !== null) this.#terminal.err(`${textOf(interlude)}\n`)
    if (interlude?.kind === 'questions') this.#ask(interlude.questions)
  }

  /** Takes a key that was pressed; the state it led to, or null where it led nowhere. */
  async press(key: string, interlude: Interlude): Promise<RecorderState | null> {
    if (interlude.kind === 'questions') return this.#answer(key, interlude.questions)
    if (interlude.kind === 'consent') return key.toLowerCase() === 'y' ? this.#api.request('record.agree', {}) : null
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

function textOf(interlude: Interlude): string {
  switch (interlude.kind) {
    case 'consent':
      return `${interlude.text}\n\ny: I agree (version ${interlude.version}), q: stop`
    case 'questions':
      return 'Some questions first.'
    case 'calibration':
      return 'The sensors of the pen can be calibrated now, in the window. Enter continues.'
    case 'instructions':
      return `${interlude.title}\n${interlude.text}\nEnter continues.`
    case 'break':
      return `${interlude.text ?? 'A break.'}${interlude.seconds > 0 ? ` At least ${interlude.seconds} s.` : ''} Enter continues.`
  }
}
