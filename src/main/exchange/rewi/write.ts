import { copyFile, link, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PEN_CHANNELS, type Channel } from '../../../shared/signal.ts'
import { alphabetOf } from '../../../shared/text.ts'
import { makeFolders } from '../../files/folders.ts'
import { SESSION_TEXTS } from '../provenance-fields.ts'
import { columnName } from '../channel-columns.ts'
import { fieldsOf, type Fields } from '../fields.ts'
import { extendFolds, FOLDS, keepFolds, NO_FOLDS, readFolds, type Folds } from '../folds.ts'
import type { WriteOptions } from '../format-codec.ts'
import { float32Text } from '../number-text.ts'
import { writeProblem } from '../output-file.ts'
import type { ExchangeRecording, RecordingSink, WriteContext } from '../recording.ts'

/** The two ways to divide, and those who are in neither. */
export const DIVISIONS = { writers: 'writer-independent', words: 'word-disjoint', holdout: 'holdout' } as const

/** What is said once of a session stands under its writer and its name. */
export function sessionKey({ writer, session }: { writer?: unknown; session?: unknown }): string {
  return `${String(writer)} ${String(session)}`
}

/** Why a recording cannot be in such a set; null where it can. */
export function unfitForRewi({
  channels,
  label,
}: {
  channels: readonly { name: string }[]
  label: string | null
}): string | null {
  const missing = PEN_CHANNELS.filter(
    (wanted) => !channels.some((channel) => columnName(channel as Channel) === columnName(wanted)),
  )
  if (missing.length > 0) return `has no ${missing.map(columnName).join(', ')}, which this layout has`
  return label === null ? 'has no label' : null
}

/**
 * The layout of REWI, divided twice: `writer-independent` and `word-disjoint`, each with `train.json`, `val.json` and
 * `data/<fold>/val/`, which the other folds train on; and `holdout`, which no training may touch.
 */
export async function writeRewi({ path }: WriteContext, { foldsFile, holdout }: WriteOptions): Promise<RecordingSink> {
  // A damaged file of folds is told before anything is written.
  const frozen = foldsFile === null ? NO_FOLDS : await readFolds(foldsFile)
  const inbox = join(path, 'inbox')
  makeFolders(inbox)
  const written: { file: string; fields: Fields & { label: string } }[] = []
  return {
    write: async (recording) => {
      const file = `${String(written.length).padStart(8, '0')}.csv`
      await writeFile(join(inbox, file), tableOf(recording)).catch((error: unknown) => {
        throw writeProblem(join(inbox, file), error)
      })
      written.push({ file, fields: { ...fieldsOf(recording), label: recording.label ?? '' } })
    },
    close: async () => {
      const folds = extendFolds(
        frozen,
        written.map(({ fields }) => fields),
        holdout,
      )
      await arrange(path, inbox, written, folds)
      await rm(inbox, { recursive: true })
      await writeFile(join(path, 'folds.json'), `${JSON.stringify(folds, null, 1)}\n`)
      if (foldsFile !== null) keepFolds(foldsFile, folds)
    },
    abort: () => undefined,
  }
}

/** Thirteen columns without a heading, as `numpy.loadtxt(path, delimiter=';')` reads them. */
function tableOf({ signal }: ExchangeRecording): string {
  const positions = PEN_CHANNELS.map(({ name }) => signal.channels.findIndex((channel) => channel.name === name))
  let text = ''
  for (let frame = 0; frame < signal.frames; frame++) {
    text += `${positions.map((at) => float32Text(signal.values[frame * signal.channels.length + at]!)).join(';')}\n`
  }
  return text
}

type Written = { file: string; fields: Fields & { label: string } }

async function arrange(path: string, inbox: string, written: readonly Written[], folds: Folds): Promise<void> {
  const [held, divided] = [
    written.filter(({ fields }) => folds.holdout.includes(fields.writer)),
    written.filter(({ fields }) => !folds.holdout.includes(fields.writer)),
  ]
  const writerIds = new Map(
    [...new Set(written.map(({ fields }) => fields.writer))].sort().map((writer, id) => [writer, id]),
  )
  const divisions: [string, readonly Written[], (fields: Written['fields']) => number][] = [
    [DIVISIONS.words, divided, ({ label }) => folds.words[label]!],
    [DIVISIONS.writers, divided, ({ writer }) => folds.writers[writer]!],
    [DIVISIONS.holdout, held, () => 0],
  ]
  for (const [name, recordings, foldOf] of divisions) {
    if (recordings.length === 0) continue
    const annotated = recordings.map(({ file, fields }, id) => ({
      fold: foldOf(fields),
      file,
      annotation: annotationOf(id, file, fields, foldOf(fields), writerIds),
    }))
    for (const fold of new Set(annotated.map((each) => each.fold)))
      makeFolders(join(path, name, 'data', String(fold), 'val'))
    for (const { file, annotation } of annotated)
      await place(join(inbox, file), join(path, name, annotation.filename), name !== DIVISIONS.words)
    const info = infoOf(name, recordings)
    const count = name === DIVISIONS.holdout ? 1 : FOLDS
    const split = (mine: (fold: number, of: number) => boolean, full: boolean): object =>
      Object.fromEntries(
        Array.from({ length: count }, (_, of) => [
          String(of),
          annotated
            .filter(({ fold }) => mine(fold, of))
            .map(({ annotation }) => (full ? annotation : plain(annotation))),
        ]),
      )
    const categories = [...alphabetOf(recordings.map(({ fields }) => fields.label))]
    await writeFile(
      join(path, name, 'val.json'),
      JSON.stringify({ info, categories, annotations: split((fold, of) => fold === of, true) }),
    )
    // There is nothing to train on in a holdout.
    if (name !== DIVISIONS.holdout)
      await writeFile(
        join(path, name, 'train.json'),
        JSON.stringify({ info, categories, annotations: split((fold, of) => fold !== of, false) }),
      )
  }
}

function annotationOf(
  id: number,
  file: string,
  fields: Written['fields'],
  fold: number,
  writerIds: Map<string, number>,
) {
  const kalamos = Object.fromEntries(
    Object.entries(fields).filter(
      ([name]) => name !== 'session_profile' && !(SESSION_TEXTS as readonly string[]).includes(name),
    ),
  )
  return {
    filename: `data/${fold}/val/${file}`,
    id,
    label: fields.label,
    id_writer: writerIds.get(fields.writer)!,
    rate_sample_orig: fields.rate_hz,
    kalamos,
  }
}

/** Training lists name each recording four times; what only Kalamos reads stands once, in the list of validation. */
function plain({ filename, id, label, id_writer, rate_sample_orig }: ReturnType<typeof annotationOf>): object {
  return { filename, id, label, id_writer, rate_sample_orig }
}

function infoOf(name: string, recordings: readonly Written[]): object {
  const bySession = new Map(recordings.map(({ fields }) => [sessionKey(fields), fields]))
  const profiles = Object.fromEntries([...bySession].map(([key, fields]) => [key, fields.session_profile]))
  const texts = Object.fromEntries(
    [...bySession].map(([key, fields]) => [key, Object.fromEntries(SESSION_TEXTS.map((name) => [name, fields[name]]))]),
  )
  return {
    idxs_channel: PEN_CHANNELS.map((_, at) => at),
    num_channel: PEN_CHANNELS.length,
    rate_sample_target: recordings[0]!.fields.rate_hz,
    sensors: ['AF', 'AR', 'G', 'M', 'F'],
    num_fold: name === DIVISIONS.holdout ? 1 : FOLDS,
    writer_independent: name !== DIVISIONS.words,
    locked: name === DIVISIONS.holdout,
    virtual: recordings.some(({ fields }) => fields.virtual),
    reenacted: recordings.some(({ fields }) => fields.reenacted),
    channels: PEN_CHANNELS.map((channel) => ({ name: channel.name, unit: channel.unit })),
    made_by: 'Kalamos',
    session_profiles: profiles,
    session_texts: texts,
  }
}

/** The same table stands in two divisions; the second one is a link where the disk can. */
async function place(from: string, to: string, last: boolean): Promise<void> {
  if (last) return rename(from, to)
  try {
    await link(from, to)
  } catch {
    await copyFile(from, to)
  }
}
