import type { RecordingFilter } from '../../shared/api/recordings.ts'
import { IdRanges } from '../../shared/id-ranges.ts'
import type { Value } from './connection.ts'
import { between, containing, sessionsOf, type Condition } from './recording-query.ts'

/** Stretches of an index that hold all recordings that fit a wish, hidden ones perhaps among them: it is read without the rows it points to. */
export interface Stretches {
  id: string
  from: string
  of: Condition[]
  /** The same of all that do not fit, which is less to read where a wish leaves most. */
  rest?: Condition[]
}

/** Recordings that have, or have not, a mark that this model has read them. */
export interface Marked {
  modelId: number
  read: boolean
}

/** Recordings that began within a stretch of time, in ms, its ends included. */
export interface Begun extends Stretches {
  begun: [from: number, to: number]
}

/** How indexes alone tell which recordings one wish of a filter leaves. */
export function membersOf(filter: RecordingFilter, kind: keyof RecordingFilter): Stretches | Marked | Begun {
  switch (kind) {
    case 'ids':
      return whole({ of: [has('r.id IN (SELECT value FROM json_each(?))', JSON.stringify(new IdRanges(filter.ids!).all()))] })
    case 'writerId':
      return shown(equal('r.writer_id', filter.writerId!))
    case 'sessionId':
      return whole(equal('r.session_id', filter.sessionId!))
    case 'state':
      return whole(stateIs(filter.state!))
    case 'label':
      return shown(labelled("label LIKE ? ESCAPE '\\'", containing(filter.label!)))
    case 'letter':
      return shown(lettered(filter.letter!.normalize('NFC')))
    case 'labelled':
      return shown(isNull('r.label', !filter.labelled!))
    case 'verdict':
      return shown(filter.verdict === 'none' ? isNull('r.verdict', true) : equal('r.verdict', filter.verdict!))
    case 'tag':
      return shown(equal('r.tag', filter.tag!))
    case 'excluded':
      return shown(isNull('r.excluded', !filter.excluded!))
    case 'from':
    case 'to':
      return { ...shown(isBetween('r.started_at', between(filter.from, filter.to))), begun: between(filter.from, filter.to) }
    case 'durationFrom':
    case 'durationTo':
      return shown(isBetween('r.duration_ms', between(filter.durationFrom, filter.durationTo)))
    case 'protocol':
    case 'device':
    case 'file':
    case 'origin': {
      const sessions = sessionsOf(filter, kind)!
      return whole({ of: [{ where: `r.session_id IN (${sessions.where})`, values: sessions.values }] })
    }
    case 'reason':
      return { id: 'f.recording_id', from: 'faults f', of: [has('f.code = ?', filter.reason!)] }
    case 'reading':
      return readAs(filter.reading!)
  }
}

type Parts = Pick<Stretches, 'of' | 'rest'>

/** Of an index that holds no hidden recordings. */
function shown({ of, rest }: Parts): Stretches {
  const only = ({ where, values }: Condition): Condition => ({ where: `r.deleted_by IS NULL AND ${where}`, values })
  return whole({ of: of.map(only), ...(rest === undefined ? {} : { rest: rest.map(only) }) })
}

/** Of an index that holds all recordings. */
function whole(parts: Parts): Stretches {
  return { id: 'r.id', from: 'recordings r', ...parts }
}

function has(where: string, ...values: Value[]): Condition {
  return { where, values }
}

function equal(column: string, value: Value): Parts {
  return { of: [has(`${column} = ?`, value)], rest: [has(`${column} < ?`, value), has(`${column} > ?`, value), has(`${column} IS NULL`)] }
}

function isNull(column: string, yes: boolean): Parts {
  const [without, having] = [[has(`${column} IS NULL`)], [has(`${column} IS NOT NULL`)]]
  return yes ? { of: without, rest: having } : { of: having, rest: without }
}

function isBetween(column: string, [from, to]: [number, number]): Parts {
  return { of: [has(`${column} BETWEEN ? AND ?`, from, to)], rest: [has(`${column} < ?`, from), has(`${column} > ?`, to)] }
}

/** Only what is not finished is in an index of its own. */
function stateIs(state: NonNullable<RecordingFilter['state']>): Parts {
  const unfinished = [has("r.state <> 'finished'")]
  return state === 'finished' ? { of: [has("r.state = 'finished'")], rest: unfinished } : { of: [has("r.state = ? AND r.state <> 'finished'", state)] }
}

const NO_LABEL = has('r.label IS NULL')

function labelled(fits: string, text: string): Parts {
  const among = (condition: string): Condition => has(`r.label COLLATE NOCASE IN (SELECT label FROM label_counts WHERE ${condition})`, text)
  return { of: [among(fits)], rest: [among(`NOT ${fits}`), NO_LABEL] }
}

/** The index of labels takes capitals for small letters: each label is looked at once more. */
function lettered(letter: string): Parts {
  const among = (sign: '> 0' | '= 0'): Condition => has(`r.label COLLATE NOCASE IN (SELECT label FROM label_counts WHERE instr(label, ?) ${sign}) AND instr(r.label, ?) ${sign}`, letter, letter)
  return { of: [among('> 0')], rest: [among('= 0'), NO_LABEL] }
}

function readAs({ modelId, outcome, confidenceFrom, confidenceTo }: NonNullable<RecordingFilter['reading']>): Stretches | Marked {
  if (outcome === 'none') return { modelId, read: false }
  if (outcome === undefined && confidenceTo === undefined && (confidenceFrom ?? 0) <= 0) return { modelId, read: true }
  const of = [has('x.model_id = ?', modelId)]
  if (confidenceFrom !== undefined) of.push(has('x.confidence >= ?', confidenceFrom))
  if (confidenceTo !== undefined) of.push(has('x.confidence < ?', confidenceTo))
  if (outcome !== undefined) of.push(has(`${of.length > 1 ? '+' : ''}x.is_right = ?`, outcome === 'right' ? 1 : 0))
  return { id: 'x.recording_id', from: 'readings x', of: [{ where: of.map(({ where }) => where).join(' AND '), values: of.flatMap(({ values }) => values) }] }
}
