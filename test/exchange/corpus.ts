import fc from 'fast-check'
import { PEN_CHANNELS, type Channel, type Signal } from '../../src/shared/signal.ts'
import { planFor, readProtocol } from '../../src/main/protocol/index.ts'
import type { Store } from '../../src/main/store/index.ts'

/** Signals as a store may hold them: any float32, clocks that are known, unknown or broken, gaps anywhere. */
export function signals(
  channels: fc.Arbitrary<readonly Channel[]>,
  rateHz: fc.Arbitrary<number> = fc.constantFrom(100, 30, 62.5, 1 / 3),
): fc.Arbitrary<Signal> {
  return fc.tuple(channels, fc.integer({ min: 1, max: 12 }), rateHz).chain(([list, frames, rate]) =>
    fc.record({
      channels: fc.constant(list),
      rateHz: fc.constant(rate),
      frames: fc.constant(frames),
      values: fc.float32Array({ minLength: frames * list.length, maxLength: frames * list.length }),
      deviceMicros: clock(frames, 0),
      hostMillis: clock(frames, 1.7e12),
      gaps: fc
        .uniqueArray(
          fc.record({ at: fc.integer({ min: 0, max: frames - 1 }), lost: fc.integer({ min: 1, max: 0xffffffff }) }),
          { maxLength: frames, selector: ({ at }) => at },
        )
        .map((gaps) => gaps.sort((a, b) => a.at - b.at)),
    }),
  )
}

function clock(frames: number, start: number): fc.Arbitrary<Float64Array> {
  const time = fc.oneof(fc.double({ min: start, max: start + 1e9, noNaN: true }), fc.constant(NaN))
  return fc.oneof(
    fc.constant(new Float64Array(frames).fill(NaN)),
    fc.constant(Float64Array.from({ length: frames }, (_, frame) => start + frame * 10_000)),
    fc.array(time, { minLength: frames, maxLength: frames }).map((times) => Float64Array.from(times)),
  )
}

export const someChannels: fc.Arbitrary<readonly Channel[]> = fc.oneof(
  fc.constant(PEN_CHANNELS),
  fc.subarray([...PEN_CHANNELS], { minLength: 1 }),
  fc.shuffledSubarray(
    [
      { name: 'force', unit: 'count' } as const,
      { name: 'acc1_x', unit: 'g' } as const,
      { name: 'tilt_2', unit: 'deg/s' } as const,
    ],
    { minLength: 1 },
  ),
)

export const labels = fc.oneof(
  fc.constantFrom('Haus', 'größer', 'a,"b";c', ' spaces ', '=1+2', '__proto__', 'constructor', '٣ 👩‍🚀', null),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
    .map((text) => text.normalize('NFC').replace(/\p{Cc}/gu, '') || null),
)

const PROTOCOL = `
id: enrolment-2
name: 'Enrolment "two"'
consent: { version: '1.1', text: 'I agree, and may withdraw.' }
questions: [{ id: grip, ask: 'How do you hold a pen?' }]
blocks:
  - name: all
    tag: enrolment
    prompts: { inline: [Haus, größer, 'a "b", c', Wort, Ende] }
`

/**
 * The first session as it is recorded by a protocol: with a pen, on paper, after an agreement and answers, judged and
 * noted on.
 */
function recordByProtocol(store: Store, sessionId: number, writerId: number): void {
  const protocol = readProtocol(PROTOCOL).protocol!
  const { id, version } = store.protocols.save(PROTOCOL, protocol)
  const segmentation = { by: 'force', threshold: 0.1, pauseMs: 600, minimumMs: 50 } as const
  store.promptedSessions.begin({
    sessionId,
    protocol: { id, version },
    plan: planFor(protocol, 'w'),
    segmentation,
    pen: { name: 'Pén', serial: 'SN;7', firmware: '1.2, beta' },
    surface: 'Karton "grau"',
  })
  store.promptedSessions.consent(writerId, sessionId, '1.1', 'I agree, and may withdraw.')
  store.promptedSessions.answer(sessionId, { grip: 'between two fingers; "loosely"' })
  store.promptedSessions.note(sessionId, null, 'The window was open.')
}

/** What a person and the quality check say of the recording at this place. */
function say(store: Store, at: number, sessionId: number, recordingId: number): void {
  if (at % 2 === 1) return
  store.promptedSessions.belongs(recordingId, at % 5, 'enrolment')
  store.promptedSessions.judge(
    recordingId,
    at % 4 === 0
      ? {
          level: 'check',
          reasons: [{ code: 'gap', level: 'check', message: 'The longest hole is 50 ms; 40 are enough.' }],
        }
      : { level: 'good', reasons: [] },
  )
  if (at % 4 === 0) store.promptedSessions.note(sessionId, recordingId, `sneezed, "loudly"; at ${at}`)
}

/**
 * A store of two sessions, of a real left-handed writer by a protocol and of a virtual one, with these recordings in
 * turn.
 */
export function fill(store: Store, recordings: readonly { label: string | null; signal: Signal }[]): void {
  const sessions = [
    { name: 'Wörter & <Ink>', handedness: 'left', virtual: false, origin: 'recorded' } as const,
    { name: 'virtual 1', handedness: 'right', virtual: true, origin: 'simulated' } as const,
  ].map(({ name, handedness, virtual, origin }, at) => {
    const writer = store.writers.findOrCreate(name, { handedness, virtual })
    const profile = {
      id: `pen-${at}`,
      name: 'Pén "1"',
      calibration: [
        ['smx', '1.25'],
        ['bgx', '-3'],
        ['odd', 'kept'],
      ],
    }
    return store.sessions.create({
      writerId: writer.id,
      deviceName: `Pen ${at}; <${at}>`,
      origin,
      virtual,
      profile,
      startedAt: 1.6e12 + at + 0.25,
    })
  })
  recordByProtocol(store, sessions[0]!.id, sessions[0]!.writerId)
  recordings.forEach(({ label, signal }, at) => {
    const sessionId = sessions[at % 2]!.id
    const id = store.recordings.insert({
      sessionId,
      label,
      signal,
      state: at % 3 === 2 ? 'interrupted' : 'finished',
      startedAt: 1.65e12 + at,
    })
    if (id !== 'duplicate') say(store, at, sessionId, id)
  })
  sessions.forEach(({ id }, at) => store.sessions.end(id, 1.66e12 + at + 0.5))
}

/** Everything that an export and an import must keep, in the order of the store. */
export function contents(store: Store) {
  return [...store.recordings.each({})].map((recording) => {
    const session = store.sessions.get(recording.sessionId)
    const writer = store.writers.get(recording.writerId)
    return {
      writer: writer.name,
      handedness: writer.handedness,
      virtual: [writer.virtual, recording.virtual],
      session: [session.deviceName, session.startedAt, session.endedAt, store.sessions.profile(session.id)],
      recordedHow: store.provenance.session(session.id),
      said: store.provenance.word(recording.id),
      shown: [recording.tag, recording.verdict],
      label: recording.label,
      state: recording.state,
      startedAt: recording.startedAt,
      key: Buffer.from(store.recordings.key(recording.id)!).toString('hex'),
      signal: bits(store.recordings.signal(recording.id)),
    }
  })
}

/** A signal in which two numbers are equal only if all their bits are; one NaN is as good as another. */
export function bits(signal: Signal): object {
  const exact = (values: Float32Array | Float64Array): string[] =>
    Array.from(values, (value) => (Object.is(value, -0) ? '-0' : String(value)))
  return {
    ...signal,
    values: exact(signal.values),
    deviceMicros: exact(signal.deviceMicros),
    hostMillis: exact(signal.hostMillis),
  }
}
