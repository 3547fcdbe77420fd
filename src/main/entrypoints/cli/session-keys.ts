import type { Api } from '../../../shared/api.ts'
import type { RecorderState } from '../../../shared/api/recordings.ts'
import type { SessionSteps } from './session-step.ts'
import type { Terminal } from './terminal.ts'

interface Obeying {
  state(): RecorderState
  sessionSteps: SessionSteps
  follow(state: RecorderState): void
  stop(): void
}

const REQUESTS = {
  '\r': 'record.next',
  '\n': 'record.next',
  r: 'record.redo',
  s: 'record.skip',
  b: 'record.break',
} as const

/** Leads a session by the keys of a terminal, until one stops it. */
export async function obeyKeys(
  api: Api,
  terminal: Terminal,
  { state, sessionSteps, follow, stop }: Obeying,
): Promise<void> {
  /** What was typed of a note; null while none is. */
  let note: string | null = null
  for await (const key of terminal.keys() ?? []) {
    const { sessionStep } = state()
    try {
      if (note !== null) {
        note = await written(api, terminal, note, key)
        continue
      }
      // An answer in free words may have a q in it.
      if (key === 'q' && sessionStep?.kind !== 'questions') return stop()
      if (key === 'n' && sessionStep === null) {
        note = ''
        terminal.err('Note on the last word (Enter saves it; empty: no note): ')
        continue
      }
      const next = sessionStep === null ? await press(api, key) : await sessionSteps.press(key, sessionStep)
      if (next !== null) follow(next)
    } catch (error) {
      note = null
      terminal.err(`${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
}

async function press(api: Api, key: string): Promise<RecorderState | null> {
  return key in REQUESTS ? api.request(REQUESTS[key as keyof typeof REQUESTS], {}) : null
}

/** A note with one more key; null once it is kept, or left. */
async function written(api: Api, terminal: Terminal, note: string, key: string): Promise<string | null> {
  if (key === '\u007f' || key === '\b') return note.slice(0, -1)
  if (key !== '\r' && key !== '\n') {
    terminal.err(key)
    return note + key
  }
  terminal.err('\n')
  if (note.trim() !== '') await api.request('record.note', { text: note.trim(), aboutLast: true })
  return null
}
