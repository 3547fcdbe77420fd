import { afterEach, describe, expect, it, vi } from 'vitest'
import { ProtocolLibrary } from '../../src/main/protocol/index.ts'
import type { LabelChecker } from '../../src/main/quality/index.ts'
import { Recorder } from '../../src/main/record/index.ts'
import type { Store } from '../../src/main/store/index.ts'
import { newStore } from '../store/fixtures.ts'
import { PATIENCE } from '../support/patience.ts'
import { DeskPen, PROFILE } from './pens.ts'
import { inEnglish } from '../../src/shared/messages/index.ts'

const recorders: Recorder[] = []
afterEach(() => {
  for (const recorder of recorders.splice(0)) recorder.close()
})

const CONSENT = 'consent: { version: "1", text: I agree. }\n'
const QUESTIONS =
  'questions:\n  - { id: hand, ask: Which hand?, choices: [right, left] }\n  - { id: more, ask: Anything else?, ' +
  'optional: true }\n'

/** A store, a pen and a protocol; `start` begins a session by it. */
function studio(
  protocol: string,
  { store = newStore(), doubtOf }: { store?: Store; doubtOf?: (modelId: number) => Promise<LabelChecker> } = {},
) {
  const pen = new DeskPen()
  const recorder = new Recorder({ store, pens: pen, events: pen.events, ...(doubtOf && { doubtOf }) })
  recorders.push(recorder)
  const library = new ProtocolLibrary(store)
  const { id: protocolId } = library.save(`id: own\nname: Own words\n${protocol}`)
  const writerId = store.writers.findOrCreate('w01', { handedness: 'right', virtual: false }).id
  const start = (more: { modelId?: number; surface?: string } = {}) => {
    const state = recorder.start({ deviceId: 'desk', writerId, protocolId, ...more })
    pen.lift(50)
    return state
  }
  const labels = () =>
    store.recordings
      .list({}, 0, 100)
      .recordings.map(({ label, state }) => `${label} ${state}`)
      .reverse()
  return { store, pen, recorder, library, writerId, start, labels }
}

const WORDS =
  'blocks:\n  - name: First\n    prompts: { inline: [Haus, Maus] }\n    break: { after: 2, seconds: 30 }\n  - ' +
  'name: Second\n    instructions: Now letters.\n    prompts: { inline: [a] }\n    tag: enrolment\n    advance: ' +
  'key\n'

describe('a session by protocol', () => {
  it('goes through instructions, blocks and breaks, and takes no sample in between', () => {
    const { pen, recorder, start, labels } = studio(`instructions: Hello.\n${WORDS}`)
    expect(start()).toMatchObject({
      phase: 'sessionStep',
      sessionStep: { kind: 'instructions', text: 'Hello.' },
      protocol: { id: 'own', version: 1, name: 'Own words' },
    })
    pen.word()
    expect(labels()).toEqual([])
    expect(recorder.next()).toMatchObject({
      phase: 'waiting',
      index: 0,
      sessionStep: null,
      block: { name: 'First', number: 1, of: 2 },
    })
    pen.word()
    pen.word()
    expect(recorder.state).toMatchObject({
      phase: 'sessionStep',
      index: 2,
      sessionStep: { kind: 'break', seconds: 30 },
    })
    pen.word()
    expect(recorder.next()).toMatchObject({
      phase: 'sessionStep',
      sessionStep: { kind: 'instructions', title: 'Second' },
    })
    expect(recorder.next()).toMatchObject({ phase: 'waiting', index: 2, advance: 'key', block: { number: 2 } })
    pen.word()
    expect(recorder.state).toMatchObject({ phase: 'writing' })
    expect(recorder.next()).toMatchObject({ phase: 'done', index: 3, secondsLeft: 0 })
    expect(labels()).toEqual(['Haus finished', 'Maus finished', 'a finished'])
  })

  it('takes no sample after a break that begins in the middle of a burst', () => {
    const { pen, recorder, start, labels } = studio(
      'blocks:\n  - name: A\n    prompts: { inline: [a, b, c] }\n    break: { after: 1 }\n',
    )
    start()
    pen.words(3)
    expect(labels()).toEqual(['a finished'])
    expect(recorder.state).toMatchObject({ phase: 'sessionStep', index: 1 })
  })

  it('tags the recordings of a block, and gives free writing no label', () => {
    const { store, pen, recorder, start } = studio(
      'blocks:\n  - { name: A, prompts: { inline: [Your way here] }, label: later, tag: free }\n',
    )
    start()
    pen.word()
    recorder.next()
    const id = recorder.state!.recordedIds[0]!
    expect(store.recordings.get(id).label).toBeNull()
    expect(store.connection.get('SELECT tag, prompt FROM recordings WHERE id = ?', id)).toEqual({
      tag: 'free',
      prompt: 0,
    })
  })

  it('takes a break when asked, keeping the word that was begun as interrupted', () => {
    const { pen, recorder, start, labels } = studio(WORDS)
    start()
    pen.press(20)
    expect(recorder.rest()).toMatchObject({ phase: 'sessionStep', index: 0, sessionStep: { kind: 'break' } })
    expect(recorder.next()).toMatchObject({ phase: 'waiting', index: 0 })
    pen.lift(50)
    pen.word()
    expect(labels()).toEqual(['Haus interrupted', 'Haus finished'])
  })

  it('goes back over a break on redo', () => {
    const { pen, recorder, start } = studio(WORDS)
    start()
    pen.word()
    pen.word()
    expect(recorder.redo()).toMatchObject({ phase: 'waiting', index: 1 })
    pen.lift(50)
    pen.word()
    expect(recorder.state).toMatchObject({ phase: 'sessionStep', index: 2, sessionStep: { kind: 'break' } })
  })

  it('keeps which pen it was, on what, by which version of the protocol', () => {
    const { store, pen, library, start } = studio(WORDS)
    pen.is({ serial: 'K07', firmware: '1.2' })
    const { sessionId } = start({ surface: 'a pad' })
    library.save(library.get('own').source.replace('Haus', 'Laus'), { of: 'own' })
    const promptedSession = store.promptedSessions.get(sessionId)
    expect(promptedSession).toMatchObject({
      protocol: { id: 'own', version: 1 },
      pen: { name: 'Desk pen', serial: 'K07', firmware: '1.2' },
      surface: 'a pad',
    })
    expect(library.get('own', 1).source).toContain('Haus')
  })

  it('proposes its protocol and surface for the next one', () => {
    const { recorder, writerId, start } = studio(WORDS)
    expect(recorder.usual()).toBeNull()
    start({ surface: 'a pad' })
    recorder.stop()
    expect(recorder.usual()).toEqual({ protocolId: 'own', surface: 'a pad' })
    recorder.start({ deviceId: 'desk', writerId, prompts: ['a'] })
    expect(recorder.usual()).toEqual({ protocolId: null, surface: null })
  })

  it('keeps notes, with the recording they are about', () => {
    const { store, pen, recorder, start } = studio(WORDS)
    const { sessionId } = start()
    pen.word()
    recorder.note('Door slammed', true)
    recorder.note('Tired', false)
    expect(store.promptedSessions.notes(sessionId)).toMatchObject([
      { recordingId: recorder.state!.recordedIds[0], text: 'Door slammed' },
      { recordingId: null, text: 'Tired' },
    ])
  })
})

describe('consent and questions', () => {
  it('come before the first sample, and are stored with date and version', () => {
    const { store, pen, recorder, writerId, start } = studio(`${CONSENT}${WORDS}`)
    expect(start().sessionStep).toEqual({ kind: 'consent', version: '1', text: 'I agree.' })
    pen.word()
    expect(() => recorder.next()).toThrow(
      expect.objectContaining({ code: 'conflict', message: 'The writer has not agreed yet.' }),
    )
    expect(store.recordings.count({})).toBe(0)
    const before = Date.now()
    expect(recorder.agree().phase).toBe('waiting')
    expect(store.promptedSessions.consents(writerId)).toEqual([
      { version: '1', text: 'I agree.', givenAt: expect.any(Number) },
    ])
    expect(store.promptedSessions.consents(writerId)[0]!.givenAt).toBeGreaterThanOrEqual(before)
  })

  it('asks again only when the text is another one', () => {
    const { recorder, library, start } = studio(`${CONSENT}${WORDS}`)
    start()
    recorder.agree()
    recorder.stop()
    expect(start().phase).toBe('waiting')
    recorder.stop()
    library.save(library.get('own').source.replace('I agree.', 'I agree to all.'), { of: 'own' })
    expect(start().sessionStep).toMatchObject({ kind: 'consent', text: 'I agree to all.' })
  })

  it('wants answers that are offered to questions that are asked', () => {
    const { store, recorder, start } = studio(`${QUESTIONS}${WORDS}`)
    const { sessionId } = start()
    expect(() => recorder.next()).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: '“Which hand?” is not answered.' }),
    )
    expect(() => recorder.answer({ hand: 'both' })).toThrow(
      expect.objectContaining({ message: '“both” is no answer to “Which hand?”.', hint: 'Choose one of right, left.' }),
    )
    expect(() => recorder.answer({ hand: 'left', foot: 'left' })).toThrow(
      expect.objectContaining({ message: '“foot” was not asked.' }),
    )
    expect(recorder.answer({ hand: 'left' }).phase).toBe('waiting')
    expect(store.promptedSessions.get(sessionId).answers).toEqual({ hand: 'left' })
    expect(() => recorder.answer({ hand: 'left' })).toThrow(expect.objectContaining({ code: 'conflict' }))
  })
})

describe('verdicts', () => {
  it('are told and stored with every word', () => {
    const { store, pen, recorder, start } = studio(WORDS)
    start()
    pen.press(40)
    pen.press(40, 12)
    pen.lift(50)
    const [id] = recorder.state!.recordedIds
    expect(recorder.state).toMatchObject({
      tally: { good: 0, check: 0, redo: 1 },
      verdicts: [
        {
          recordingId: id,
          verdict: {
            level: 'redo',
            reasons: expect.arrayContaining([expect.objectContaining({ code: 'lost-frames' })]),
          },
        },
      ],
    })
    expect(store.promptedSessions.verdict(id!)).toEqual(recorder.state!.verdicts[0]!.verdict)
    recorder.redo()
    expect(recorder.state).toMatchObject({ tally: { good: 0, check: 0, redo: 0 }, verdicts: [] })
  })

  it('go by the thresholds of the protocol', () => {
    const { pen, recorder, start } = studio(
      `quality: { lostShare: { check: 0.5, redo: 0.9 }, gapMs: { check: 500, redo: 900 } }\n${WORDS}`,
    )
    start()
    pen.press(40)
    pen.press(40, 12)
    pen.lift(50)
    expect(recorder.state!.tally).toEqual({ good: 1, check: 0, redo: 0 })
  })

  it('change when a model doubts the label', async () => {
    const asked: string[] = []
    const checker: LabelChecker = {
      doubt: async (_, label) => (asked.push(label), { reads: 'Laus', doubt: label === 'Haus' ? 0.95 : 0 }),
      dispose: async () => undefined,
    }
    const { store, pen, recorder, start } = studio(WORDS, { doubtOf: async () => checker })
    start({ modelId: store.models.create({ name: 'letters', files: [] } as never).id })
    pen.word()
    pen.word()
    expect(recorder.state!.tally.good).toBe(2)
    await vi.waitFor(() => expect(recorder.state!.tally).toEqual({ good: 1, check: 0, redo: 1 }), PATIENCE)
    expect(asked).toEqual(['Haus', 'Maus'])
    expect(inEnglish(recorder.state!.verdicts[0]!.verdict.reasons[0]!.message)).toContain('“Laus”')
  })
})

describe('an interrupted session', () => {
  it('is offered again, and goes on at the prompt it had reached', () => {
    const { store, pen, recorder, start, labels } = studio(`${CONSENT}${QUESTIONS}${WORDS}`)
    const { sessionId } = start()
    recorder.agree()
    recorder.answer({ hand: 'right' })
    pen.word()
    recorder.skip()
    recorder.stop()
    expect(recorder.unfinished()).toMatchObject([
      { sessionId, writerName: 'w01', protocol: { id: 'own', version: 1, name: 'Own words' }, done: 2, prompts: 3 },
    ])

    const state = recorder.resume({ sessionId, deviceId: 'desk' })
    expect(state).toMatchObject({
      sessionId,
      index: 2,
      skipped: [1],
      phase: 'sessionStep',
      sessionStep: { kind: 'break' },
    })
    expect(recorder.unfinished()).toEqual([])
    expect(store.sessions.get(sessionId).endedAt).toBeNull()
    recorder.next()
    recorder.next()
    pen.lift(50)
    pen.word()
    expect(recorder.next().phase).toBe('done')
    recorder.stop()
    expect(labels()).toEqual(['Haus finished', 'a finished'])
    expect(recorder.unfinished()).toEqual([])
    expect(() => recorder.resume({ sessionId, deviceId: 'desk' })).toThrow(
      expect.objectContaining({ code: 'conflict', message: `All prompts of session ${sessionId} are done.` }),
    )
  })

  it('is asked for consent again where it stopped before that', () => {
    const { recorder, start } = studio(`${CONSENT}${WORDS}`)
    const { sessionId } = start()
    recorder.stop()
    expect(recorder.resume({ sessionId, deviceId: 'desk' }).sessionStep).toMatchObject({ kind: 'consent' })
  })

  it('does not go on with another pen or another calibration', () => {
    const { pen, recorder, start } = studio(WORDS)
    pen.is({ serial: 'K07' })
    const { sessionId } = start()
    recorder.stop()
    pen.is({ serial: 'K08' })
    expect(() => recorder.resume({ sessionId, deviceId: 'desk' })).toThrow(
      expect.objectContaining({ code: 'conflict', message: expect.stringContaining('began with pen K07') }),
    )
    pen.is({ serial: 'K07' })
    pen.profileNow = { ...PROFILE, channels: PROFILE.channels.map((channel) => ({ ...channel, bias: 0.1 })) }
    expect(() => recorder.resume({ sessionId, deviceId: 'desk' })).toThrow(
      expect.objectContaining({ code: 'conflict', message: expect.stringContaining('another profile or calibration') }),
    )
  })

  it('can be left for good', () => {
    const { recorder, start } = studio(WORDS)
    const { sessionId } = start()
    expect(() => recorder.leave(sessionId)).toThrow(expect.objectContaining({ code: 'conflict' }))
    recorder.stop()
    recorder.leave(sessionId)
    expect(recorder.unfinished()).toEqual([])
  })
})
