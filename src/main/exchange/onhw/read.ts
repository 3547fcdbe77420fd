import { basename } from 'node:path'
import { KalamosError } from '../../../shared/errors.ts'
import { english } from '../../../shared/messages/index.ts'
import { PEN_CHANNELS } from '../../../shared/signal.ts'
import { NO_CALIBRATION } from '../digipen/calibration.ts'
import { ASSUMED, conversions, toUnits } from '../digipen/counts.ts'
import { FileBytes } from '../file-bytes.ts'
import { readNpy } from '../pickle/npy.ts'
import { elementsOf, itemsOf, numbersOf } from '../pickle/numpy.ts'
import { readCutPickle } from '../pickle/read.ts'
import { NumpyArray, StoredBytes, type PickleValue } from '../pickle/values.ts'
import type { Entry, ExchangeRecording } from '../recording.ts'
import { partsOf, type Part } from './layout.ts'

const WIDTH = PEN_CHANNELS.length

/**
 * Reads the sets of OnHW in a folder: raw counts of a DigiPen, with neither times nor gaps. Throws what `partsOf` and
 * `readPickle` throw.
 */
export async function* readOnhw(path: string): AsyncGenerator<Entry> {
  const parts = await partsOf(path)
  for (const [index, part] of parts.entries()) {
    for await (const entry of readPart(part))
      yield {
        ...entry,
        where: `${basename(part.samples)} ${english(entry.where)}`,
        share: (index + entry.share) / parts.length,
      }
  }
}

/**
 * Reads one set of arrays. Throws what `readPickle` throws, and `invalid-input` for files that do not belong together.
 */
export async function* readPart(part: Part): AsyncGenerator<Entry> {
  const files = [part.samples, part.labels, ...(part.writers === null ? [] : [part.writers])].map(
    (path) => new Source(path),
  )
  const [samples, labels, writers] = files as [Source, Source, Source | undefined]
  try {
    const broken = files.find((file) => file.broken !== null)
    const count = Math.min(...files.map(({ items }) => items.length))
    for (const other of [labels, writers]) {
      if (other === undefined || other.items.length === samples.items.length || broken !== undefined) continue
      throw new KalamosError(
        'invalid-input',
        `${part.samples} has ${samples.items.length} recordings and ${other.path} has ${other.items.length}.`,
        'Copy the folder again: these files do not belong together.',
      )
    }
    for (let index = 0; index < count; index++) {
      yield {
        where: `recording ${index}`,
        share: (index + 1) / count,
        ...recordingAt(part, samples, labels, writers, index),
      }
      await Promise.resolve()
    }
    if (broken !== undefined) {
      const all = Math.max(...files.map(({ items }) => items.length))
      yield {
        where: 'the end of the file',
        share: 1,
        reason: `${count} of ${all} recordings came in; ${basename(broken.path)} breaks off at byte ${broken.broken}`,
      }
    }
  } finally {
    for (const file of files) file.close()
  }
}

/** A file of the set, as a list; numbers are read out of it when they are wanted. */
class Source {
  readonly path: string
  readonly file: FileBytes
  readonly items: readonly PickleValue[]
  /** The byte at which it breaks off; null where it is whole. */
  readonly broken: number | null

  constructor(path: string) {
    this.path = path
    this.file = new FileBytes(path)
    try {
      const { value, broken } = path.endsWith('.npy')
        ? { value: readNpy(this.file), broken: null }
        : readCutPickle(this.file)
      this.items = itemsIn(value, this.file)
      this.broken = broken
    } catch (error) {
      this.file.close()
      throw error
    }
  }

  close(): void {
    this.file.close()
  }
}

/** The items of a list, or of the first axis of an array. Throws `invalid-input` for what is neither. */
function itemsIn(value: PickleValue, file: FileBytes): readonly PickleValue[] {
  if (Array.isArray(value)) return value
  if (!(value instanceof NumpyArray) || value.shape.length === 0)
    throw new KalamosError(
      'invalid-input',
      `${file.path} holds no list of recordings.`,
      'Choose the folder as it was published.',
    )
  const [count = 0, ...rest] = value.shape
  const elements = elementsOf(value, file)
  const size = itemsOf(rest)
  return rest.length === 0
    ? elements
    : Array.from({ length: count }, (_, at) => inRows(elements.slice(at * size, (at + 1) * size), rest.at(-1)!))
}

function inRows(elements: PickleValue[], width: number): PickleValue[] {
  if (width === elements.length) return elements
  return Array.from({ length: elements.length / width }, (_, row) => elements.slice(row * width, (row + 1) * width))
}

function recordingAt(
  part: Part,
  samples: Source,
  labels: Source,
  writers: Source | undefined,
  index: number,
): { recording: ExchangeRecording } | { reason: string } {
  const counts = countsOf(samples.items[index]!, samples.file)
  if (typeof counts === 'string') return { reason: counts }
  const text = labelOf(labels.items[index]!, labels.file, part.alphabet)
  if (text === null) return { reason: `has a label that is none of ${part.alphabet}` }
  const frames = counts.length / WIDTH
  const writer = writers === undefined ? null : plain(writers.items[index]!, writers.file)
  const name = typeof writer === 'string' || typeof writer === 'number' ? `onhw-${writer}` : 'OnHW, writer not stated'
  return {
    recording: {
      id: `onhw ${name}`,
      writer: name,
      handedness: part.handedness,
      virtual: false,
      label: text === '' ? null : text,
      state: 'finished',
      startedAt: null,
      session: {
        key: 'onhw',
        device: 'DigiPen',
        startedAt: null,
        endedAt: null,
        origin: 'imported',
        profile: { source: 'OnHW', assumed: ASSUMED, calibration: [] },
      },
      signal: {
        channels: PEN_CHANNELS,
        rateHz: 100,
        frames,
        values: toUnits(counts, conversions(NO_CALIBRATION)),
        deviceMicros: new Float64Array(frames).fill(NaN),
        hostMillis: new Float64Array(frames).fill(NaN),
        gaps: [],
      },
    },
  }
}

/** Raw counts `[frames, 13]`, row by row, or why there are none. */
function countsOf(sample: PickleValue, file: FileBytes): ArrayLike<number> | string {
  if (sample instanceof NumpyArray && sample.data instanceof StoredBytes) {
    const [frames, width] = sample.shape
    if (sample.shape.length !== 2 || frames === 0) return 'has no samples'
    if (width !== WIDTH) return `has ${width} channels where a DigiPen has ${WIDTH}`
    const numbers = numbersOf(sample, file)
    return numbers.every(Number.isFinite) ? numbers : 'holds what is no number'
  }
  const rows = sample instanceof NumpyArray ? inRows(elementsOf(sample, file), sample.shape.at(-1) ?? 0) : sample
  if (!Array.isArray(rows) || rows.length === 0) return 'has no samples'
  const lists = rows.map((row) => (row instanceof NumpyArray ? elementsOf(row, file) : row))
  if (lists.some((row) => !Array.isArray(row) || row.length !== WIDTH)) return `has rows that are not ${WIDTH} numbers`
  const numbers = (lists as PickleValue[][]).flat().map((value) => plain(value, file))
  return numbers.every((value) => typeof value === 'number' && Number.isFinite(value))
    ? (numbers as number[])
    : 'holds what is no number'
}

/**
 * The text of a label: a text, the place of a letter, or places of letters that are filled up with what is none. Null
 * where it fits none.
 */
function labelOf(label: PickleValue, file: FileBytes, alphabet: string): string | null {
  const value = plain(label, file)
  if (typeof value === 'string') return value
  const letters = [...alphabet]
  if (typeof value === 'number') return letters[value] ?? null
  const places =
    value instanceof NumpyArray
      ? elementsOf(value, file)
      : Array.isArray(value)
        ? value.map((place) => plain(place, file))
        : null
  if (places === null) return null
  if (places.every((place) => typeof place === 'string')) return places.join('')
  const end = places.includes(letters.length) ? places.indexOf(letters.length) : places.length
  if (places.slice(end).some((place) => place !== letters.length)) return null
  const text = places.slice(0, end).map((place) => (typeof place === 'number' ? letters[place] : undefined))
  return text.includes(undefined) ? null : text.join('')
}

/** A number or text that is wrapped in an array of one, or written as bytes. */
function plain(value: PickleValue, file: FileBytes): PickleValue {
  if (value instanceof StoredBytes) return Buffer.from(value.load(file)).toString('utf8')
  return value instanceof NumpyArray && value.shape.length === 0 ? (elementsOf(value, file)[0] ?? null) : value
}
