import { basename } from 'node:path'
import type { ForeseenRecording, FormatName, ImportPreview } from '../../shared/api/exchange.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { Said } from '../../shared/messages/index.ts'
import type { Signal } from '../../shared/signal.ts'
import type { Store } from '../store/index.ts'
import { foresee, isTheirs } from './import-session.ts'
import { Reading, type ReadingOptions } from './reading/reading.ts'
import type { ExchangeRecording, Note } from './recording.ts'
import { OneAtATime } from './one-at-a-time.ts'

/** So many are told one by one; of the first of them, a sketch of the signal comes along. */
const RECORDINGS = 20
const SKETCHES = 8
const REFUSED = 100
const SKETCH_POINTS = 120
/** A file is looked at so far, and no longer than a person waits, from its first entry on. */
const ENTRIES = 5000
const PATIENCE_MS = 3000

export interface PreviewOptions extends ReadingOptions {
  writerPrefix?: string | undefined
}

/**
 * What an import would bring, from the beginning of the file: its first recordings with sketches of their signals, who
 * and what is in it, and what would be left out and why. Nothing is stored. Of a CSV also its columns, with a guess of
 * what they are. Throws what the format's reader throws, `cancelled`, `empty-recording` where there is nothing.
 */
export async function previewImport(
  store: Store,
  format: FormatName,
  path: string,
  options: PreviewOptions = {},
): Promise<ImportPreview> {
  const reading = new Reading(format, path, options)
  try {
    return await look(store, reading, format, path, options)
  } finally {
    await reading.stop()
  }
}

async function look(
  store: Store,
  reading: Reading,
  format: FormatName,
  path: string,
  options: PreviewOptions,
): Promise<ImportPreview> {
  const csv = format === 'csv' ? await reading.columns() : null
  const looked = new Look(store, options.writerPrefix ?? '')
  let until: number | undefined
  const turns = new OneAtATime(path, options.signal)
  let share = 0
  try {
    for await (const entry of reading.entries()) {
      // Until the reader has started, on a busy machine, nothing is looked at.
      until ??= performance.now() + PATIENCE_MS
      await turns.next()
      share = entry.share
      if ('note' in entry) {
        looked.note(entry)
        continue
      }
      const fate = 'reason' in entry ? entry : foresee(store, options.writerPrefix ?? '', entry.recording)
      if (typeof fate === 'object') looked.refuse(entry.where, fate.reason)
      else if ('recording' in entry) looked.add(entry.where, entry.recording, fate === 'known')
      if (looked.entries >= ENTRIES || performance.now() > until) break
    }
  } catch (error) {
    // A table without a mapping that fits is what the preview is for: its columns come with what is wrong.
    if (csv === null || !(error instanceof KalamosError) || error.code !== 'invalid-input') throw error
    looked.refuse('', error.said)
  }
  if (looked.entries === 0)
    throw new KalamosError(
      'empty-recording',
      `${path} holds no recording.`,
      'Check that it is the right file, and the right format.',
    )
  return { format, ...looked.told(path), share, csv }
}

/** What was seen so far. */
class Look {
  readonly #recordings: ForeseenRecording[] = []
  readonly #refused: ImportPreview['refused'] = []
  readonly #notes: Note[] = []
  readonly #writers = new Map<string, ImportPreview['seen']['writers'][number]>()
  readonly #signals = new Map<string, ImportPreview['seen']['signals'][number]>()
  readonly #labels = new Set<string>()
  readonly #store: Store
  readonly #prefix: string
  readonly #counts = { recordings: 0, known: 0, refused: 0, frames: 0, unlabelled: 0 }

  constructor(store: Store, prefix: string) {
    this.#store = store
    this.#prefix = prefix
  }

  get entries(): number {
    return this.#counts.recordings + this.#counts.refused
  }

  refuse(where: Said, reason: Said): void {
    this.#counts.refused++
    if (this.#refused.length < REFUSED) this.#refused.push({ where, reason })
  }

  note({ where, note }: Note): void {
    if (this.#notes.length < REFUSED) this.#notes.push({ where, note })
  }

  add(where: Said, recording: ExchangeRecording, known: boolean): void {
    const { writer, virtual, reenacted, label, session, signal } = recording
    const { frames, rateHz } = signal
    const channels = [...signal.channels]
    this.#counts.recordings++
    this.#counts.frames += frames
    if (known) this.#counts.known++
    if (label === null) this.#counts.unlabelled++
    else this.#labels.add(label)
    const simulated: { virtual: boolean; reenacted?: boolean } = {
      virtual,
      ...(reenacted === true ? { reenacted } : {}),
    }
    const key = JSON.stringify([writer, simulated])
    const already = this.#writers.get(key)
    const here =
      already === undefined ? (this.#store.writers.find(this.#prefix + writer)?.recordings ?? null) : already.here
    count(this.#writers, key, {
      name: writer,
      ...simulated,
      here,
      known: (already?.known ?? 0) + Number(here !== null && isTheirs(this.#store, this.#prefix, recording)),
    })
    count(this.#signals, JSON.stringify([rateHz, channels]), { rateHz, channels })
    if (this.#recordings.length >= RECORDINGS) return
    const lostFrames = signal.gaps.reduce((sum, { lost }) => sum + lost, 0)
    const sketch = this.#recordings.length < SKETCHES ? sketchOf(signal) : []
    this.#recordings.push({
      where,
      writer,
      ...simulated,
      label,
      device: session.device,
      frames,
      lostFrames,
      rateHz,
      channels,
      known,
      sketch,
    })
  }

  told(path: string): Omit<ImportPreview, 'format' | 'share' | 'csv'> {
    const seen = {
      ...this.#counts,
      freePrefix: this.#freePrefix(path),
      labels: this.#labels.size,
      writers: [...this.#writers.values()],
      signals: [...this.#signals.values()],
    }
    return {
      recordings: this.#recordings,
      refused: this.#refused,
      ...(this.#notes.length > 0 ? { notes: this.#notes } : {}),
      seen,
    }
  }

  /** The file's name before those of its writers, with a number where even so somebody is here already. */
  #freePrefix(path: string): string {
    const called = basename(path)
      .replace(/(?<=.)\..*$/, '')
      .slice(0, LONGEST_PREFIX)
    const isFree = (prefix: string): boolean =>
      [...this.#writers.values()].every(({ name }) => this.#store.writers.find(prefix + name) === undefined)
    let number = 1
    const prefix = (): string => (number === 1 ? `${called}-` : `${called}-${number}-`)
    while (!isFree(prefix())) number++
    return prefix()
  }
}

/** Of a path, without its endings and what is long. */
const LONGEST_PREFIX = 30

function count<T>(counted: Map<string, T & { recordings: number }>, key: string, about: T): void {
  const known = counted.get(key)
  counted.set(key, { ...about, recordings: (known?.recordings ?? 0) + 1 })
}

/** Frames at even distances across a signal: enough for a picture of a few centimetres. */
function sketchOf({ values, frames, channels }: Signal): number[] {
  const points = Math.min(SKETCH_POINTS, frames)
  return Array.from({ length: points }, (_, point) => {
    const frame = Math.floor((point * frames) / points)
    return Array.from(values.subarray(frame * channels.length, (frame + 1) * channels.length), (value) =>
      Number.isFinite(value) ? value : 0,
    )
  }).flat()
}
