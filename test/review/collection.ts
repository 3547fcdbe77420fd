import type { Store } from '../../src/main/store/index.ts'
import type { RecordingFilter } from '../../src/shared/api/recordings.ts'
import type { ReviewRow, Sort } from '../../src/shared/api/review.ts'
import { storeFor } from '../training/small-store.ts'
import { signal } from '../store/fixtures.ts'

const LABELS = ['Haus', 'haus', 'Maus', 'über', '50 %', 'Zebra', null, 'a_b']
const VERDICTS = ['good', 'good', 'check', 'redo', null] as const
const HOUR = 3_600_000
/** Of the sessions, in their order. */
const ORIGINS = [
  'recorded',
  'recorded',
  'recorded',
  'recorded',
  'imported',
  'imported',
  'recorded',
  'simulated',
] as const
const MONDAY = Date.UTC(2026, 0, 5)

/** The model of a collection that read two thirds of it. */
const modelId = 1

/** 120 recordings of four writers in eight sessions, of all kinds; some deleted. */
export function collection(): Store {
  const made = storeFor('collection')
  made.connection.pragma('synchronous = OFF')
  made.connection.run(
    "INSERT INTO protocols (id, version, source, protocol, saved_at) VALUES ('words', 1, '', " +
      '\'{"name":"Words"}\', 0), (\'words\', 2, \'\', \'{"name":"Words"}\', 0)',
  )
  made.models.create({
    name: 'm',
    kind: 'cnn-bilstm',
    task: 'ctc',
    parameters: 1,
    alphabet: 'ab',
    channels: [],
    rateHz: 100,
    trainedOn: { recordings: 0, writers: 0, virtual: false },
    scores: null,
    runId: null,
    files: [],
  })
  made.transaction(() => {
    for (let i = 0; i < 120; i++) {
      const session = Math.floor(i / 15)
      if (i % 15 === 0) {
        const writer = made.writers.findOrCreate(['w2', 'w10', 'Ada', 'w1'][session % 4]!, {
          handedness: 'right',
          virtual: false,
        })
        const { id } = made.sessions.create({
          writerId: writer.id,
          deviceName: `Pen ${session % 5}`,
          origin: ORIGINS[session]!,
          virtual: session === 7,
          profile: session === 4 ? { source: 'earlier.csv' } : {},
        })
        if (session === 5) made.provenance.keepSession(id, 'letters.ndjson')
        made.sessions.end(id)
        if (session % 2 === 0)
          made.connection.run(
            'INSERT INTO prompted_sessions (session_id, protocol_id, protocol_version, plan, segmentation) ' +
              "VALUES (?, 'words', ?, '{\"prompts\":[]}', '{}')",
            id,
            1 + (session % 4) / 2,
          )
      }
      const word = signal(3 + (i % 7))
      const id = Number(
        made.recordings.insert({
          sessionId: session + 1,
          label: LABELS[i % 8]!,
          signal: { ...word, hostMillis: word.hostMillis.fill(NaN), gaps: i % 6 === 0 ? [{ at: 1, lost: i % 4 }] : [] },
          startedAt: MONDAY + (i % 50) * HOUR,
          state: i % 17 === 0 ? 'interrupted' : 'finished',
        }),
      )
      made.promptedSessions.belongs(id, i % 15, i % 9 === 0 ? 'enrolment' : i % 9 === 1 ? 'drill' : null)
      const level = VERDICTS[i % 5]
      if (level)
        made.promptedSessions.judge(id, {
          level,
          reasons: level === 'good' ? [] : [{ code: i % 2 === 0 ? 'gap' : 'cut', level, message: 'x' }],
        })
      if (i % 3 !== 0) made.readings.keep(modelId, id, { text: 'Haus', confidence: (i % 10) / 10 })
    }
  })
  made.edits.exclude({ ids: [3, 7, 20] }, 'wrong pen')
  made.edits.exclude({ ids: [21, 90] }, 'slip')
  made.edits.delete({ ids: [1, 50, 120] })
  made.edits.trim(10, 1, 3)
  return made
}

/** What each filter means, said once more without SQL. */
export const FILTERS: [string, () => RecordingFilter, (row: ReviewRow) => boolean][] = [
  ['everything', () => ({}), () => true],
  [
    'those named',
    () => ({ ids: '3-40 57 90-95' }),
    ({ id }) => (id >= 3 && id <= 40) || id === 57 || (id >= 90 && id <= 95),
  ],
  ['a writer', () => ({ writerId: 1 }), (row) => row.writerId === 1],
  ['a session', () => ({ sessionId: 3 }), (row) => row.sessionId === 3],
  ['a pen', () => ({ device: 'Pen 2' }), (row) => [3, 8].includes(row.sessionId)],
  ['a file', () => ({ file: 'letters.ndjson' }), (row) => row.sessionId === 6],
  ['a file that came in before files were kept by name', () => ({ file: 'earlier.csv' }), (row) => row.sessionId === 5],
  ['what people wrote', () => ({ origin: 'real' }), (row) => row.sessionId !== 8],
  ['what was recorded here', () => ({ origin: 'recorded' }), (row) => [1, 2, 3, 4, 7].includes(row.sessionId)],
  ['what was imported', () => ({ origin: 'imported' }), (row) => [5, 6].includes(row.sessionId)],
  ['simulations', () => ({ origin: 'virtual' }), (row) => row.sessionId === 8],
  [
    'what was imported, with part of a label',
    () => ({ origin: 'imported', label: 'aus' }),
    (row) => [5, 6].includes(row.sessionId) && row.label?.toLowerCase().includes('aus') === true,
  ],
  ['part of a label', () => ({ label: 'AUS' }), (row) => row.label?.toLowerCase().includes('aus') === true],
  ['a wild card taken by the letter', () => ({ label: '%' }), (row) => row.label === '50 %'],
  ['a capital letter', () => ({ letter: 'H' }), (row) => row.label?.includes('H') === true],
  ['a small letter of which there are capitals', () => ({ letter: 'h' }), (row) => row.label?.includes('h') === true],
  ['a letter in another form of Unicode', () => ({ letter: 'u\u0308' }), (row) => row.label === 'über'],
  ['a letter and part of a label', () => ({ letter: 'H', label: 'haus' }), (row) => row.label === 'Haus'],
  ['no label', () => ({ labelled: false }), (row) => row.label === null],
  ['a label', () => ({ labelled: true }), (row) => row.label !== null],
  ['a state', () => ({ state: 'interrupted' }), (row) => row.state === 'interrupted'],
  ['a verdict', () => ({ verdict: 'check' }), (row) => row.verdict === 'check'],
  ['no verdict', () => ({ verdict: 'none' }), (row) => row.verdict === null],
  [
    'a reason',
    () => ({ reason: 'gap' }),
    (row) => (row.verdict === 'check' || row.verdict === 'redo') && row.id % 2 === 1,
  ],
  ['a tag', () => ({ tag: 'drill' }), (row) => row.tag === 'drill'],
  ['a protocol', () => ({ protocol: { id: 'words' } }), (row) => row.sessionId % 2 === 1],
  ['a version of a protocol', () => ({ protocol: { id: 'words', version: 2 } }), (row) => row.sessionId % 4 === 3],
  [
    'a day',
    () => ({ from: MONDAY + 2 * HOUR, to: MONDAY + 10 * HOUR }),
    (row) => row.startedAt >= MONDAY + 2 * HOUR && row.startedAt < MONDAY + 10 * HOUR,
  ],
  [
    'how long they last',
    () => ({ durationFrom: 30, durationTo: 60 }),
    (row) => row.durationMs >= 30 && row.durationMs < 60,
  ],
  ['excluded', () => ({ excluded: true }), (row) => row.excluded !== null],
  ['not excluded', () => ({ excluded: false }), (row) => row.excluded === null],
  ['read right', () => ({ reading: { modelId, outcome: 'right' } }), (row) => row.reading?.right === true],
  ['read wrong', () => ({ reading: { modelId, outcome: 'wrong' } }), (row) => row.reading?.right === false],
  ['not read', () => ({ reading: { modelId, outcome: 'none' } }), (row) => row.reading === null],
  [
    'read with confidence',
    () => ({ reading: { modelId, confidenceFrom: 0.2, confidenceTo: 0.6 } }),
    (row) => row.reading !== null && row.reading.confidence >= 0.2 && row.reading.confidence < 0.6,
  ],
  [
    'several at once',
    () => ({ writerId: 1, verdict: 'good', labelled: true, excluded: false, state: 'finished' }),
    (row) =>
      row.writerId === 1 &&
      row.verdict === 'good' &&
      row.label !== null &&
      row.excluded === null &&
      row.state === 'finished',
  ],
  ['what nothing is', () => ({ label: 'nothing', reason: 'gap', tag: 'drill' }), () => false],
]

const KEYS: Record<Sort['by'], (row: ReviewRow) => string | number | null> = {
  id: (row) => row.id,
  label: (row) => row.label?.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) ?? null,
  writer: (row) => row.writerName,
  session: (row) => row.sessionId,
  startedAt: (row) => row.startedAt,
  durationMs: (row) => row.durationMs,
  frames: (row) => row.frames,
  lostFrames: (row) => row.lostFrames,
  verdict: (row) => row.verdict,
  tag: (row) => row.tag,
  excluded: (row) => row.excluded,
  confidence: (row) => row.reading?.confidence ?? null,
}

export const KEYS_WITH_NULLS = new Set<Sort['by']>(['label', 'verdict', 'tag', 'excluded'])

/** By the bytes of texts, nothing first, equals by number. */
export function inOrder(rows: readonly ReviewRow[], { by, descending }: Sort): number[] {
  const rank = (a: string | number | null, b: string | number | null): number => {
    if (a === null || b === null) return Number(b === null) - Number(a === null)
    return typeof a === 'string' && typeof b === 'string'
      ? Buffer.compare(Buffer.from(a), Buffer.from(b))
      : Number(a) - Number(b)
  }
  const sorted = rows.toSorted((a, b) => rank(KEYS[by](a), KEYS[by](b)) || a.id - b.id)
  return (descending ? sorted.reverse() : sorted).map(({ id }) => id)
}
