/** A virtual corpus as DigiPen folders: one per writer with `sensor_data.csv`, `labels.csv` and `calibration.txt`. */
import { accessSync, constants, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { KalamosError } from '../../shared/errors.ts'
import { DigipenFolder } from '../exchange/digipen/folder.ts'
import { makeFolders } from '../files/folders.ts'
import { Staging } from '../files/staging.ts'
import { writeCorpus } from './corpus.ts'
import type { CorpusAbout, CorpusProgress, CorpusRecording, CorpusSink, CorpusSpec } from './corpus.ts'
import type { Axes } from '../simulator/profile.ts'
import { sensorErrors } from '../simulator/sensors.ts'
import { VIRTUAL_EPOCH } from '../simulator/simulate.ts'
import type { VirtualRecording } from '../simulator/simulate.ts'
import type { PenHold } from '../simulator/hold.ts'

/** Name of the file that says what a corpus is; a folder without it is not a whole corpus. */
export const CORPUS_MARK = 'virtual.json'
/** Frames kept before the first touch-down and after the last lift of a labelled word. */
const BEFORE = 8
const AFTER = 6

/** Writes a corpus as DigiPen folders below `out`, which must be new or empty. See DigipenFolderSink for the errors. */
export async function writeDigipenCorpus(
  out: string,
  spec: CorpusSpec,
  options: { signal?: AbortSignal; onProgress?: (progress: CorpusProgress) => void } = {},
): Promise<number> {
  return writeCorpus(spec, new DigipenFolderSink(out), options)
}

/**
 * The folders are written beside `out` and renamed at the end (see `Staging`), so that a cancelled or killed run never
 * leaves something that looks whole. `begin` throws `conflict` where `out` is a file or not empty and
 * `not-writable` where it cannot be made.
 */
export class DigipenFolderSink implements CorpusSink {
  /** The pen hovers a while between words, as in a session. */
  readonly options = { lead: 0.3, tail: 0.3 }
  private readonly out: string
  private staging: Staging | undefined
  private session: WriterFolder | undefined
  private readonly writers: { folder: string; name: string; seed: number; handedness: string; recordings: number }[] =
    []
  private about: CorpusAbout | undefined

  constructor(out: string) {
    this.out = resolve(out)
  }

  begin(about: CorpusAbout): void {
    this.about = about
    if (existsSync(this.out)) {
      if (!statSync(this.out).isDirectory())
        throw new KalamosError('conflict', `${this.out} is a file.`, 'Name a new folder.')
      if (readdirSync(this.out).length > 0)
        throw new KalamosError('conflict', `The folder ${this.out} is not empty.`, 'Name a new or an empty folder.')
    }
    try {
      makeFolders(dirname(this.out))
      accessSync(existsSync(this.out) ? this.out : dirname(this.out), constants.W_OK)
      this.staging = new Staging(this.out)
      mkdirSync(this.staging.path)
    } catch (error) {
      throw new KalamosError(
        'not-writable',
        `The folder ${this.out} cannot be written.`,
        'Name a folder that you may write to.',
        { cause: error },
      )
    }
  }

  add({ writer, recording }: CorpusRecording): void {
    if (this.session?.writer.seed !== writer.seed) {
      const folder = this.folderOf(writer)
      this.session = new WriterFolder(join(this.staging!.path, folder), writer)
      this.writers.push({ folder, name: writer.name, seed: writer.seed, handedness: writer.handedness, recordings: 0 })
    }
    this.session.add(recording)
    this.writers.at(-1)!.recordings++
  }

  async commit(): Promise<void> {
    this.session = undefined
    const { seed, words, reenacted } = this.about!
    const mark = {
      virtual: true,
      ...(reenacted === undefined
        ? { made: 'simulated by Kalamos; nobody wrote these words' }
        : { reenacted: true, made: `simulated by Kalamos along the paths of people's pens in ${reenacted}` }),
      seed,
      words: words.length,
      writers: this.writers,
    }
    writeFileSync(join(this.staging!.path, CORPUS_MARK), `${JSON.stringify(mark, null, 2)}\n`)
    await this.staging!.keep()
  }

  abort(): void {
    this.session = undefined
    this.staging?.discard()
  }

  /** A name of its own for each session: a re-enacted person has one for every hold. */
  private folderOf({ name }: PenHold): string {
    const folder = name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    const sessions = this.writers.filter((writer) => writer.name === name).length
    return sessions === 0 ? folder : `${folder}-${sessions + 1}`
  }
}

/** One writer's session, appended word by word. */
class WriterFolder {
  readonly writer: PenHold
  private readonly folder: DigipenFolder
  private written = 0

  constructor(folder: string, writer: PenHold) {
    this.writer = writer
    this.folder = new DigipenFolder(folder, calibrationText(writer))
  }

  add({ label, counts, signal, span }: VirtualRecording): void {
    const { offset, written } = this
    const millis = (frame: number) =>
      signal.hostMillis[Math.max(0, Math.min(signal.frames - 1, frame))]! - VIRTUAL_EPOCH + offset
    // Whole bursts of 30 ms, so that the next word's frames arrive later than this one's.
    const frames = Math.floor(signal.frames / 3) * 3
    this.folder.frames({
      frames,
      millis,
      counts,
      time: (frame) => written + Math.floor(signal.deviceMicros[frame]! / 10_000),
    })
    this.folder.label(label, millis(span.start - BEFORE), millis(span.stop + AFTER) + 1)
    this.written += frames
  }

  private get offset(): number {
    return VIRTUAL_EPOCH + this.written * 10
  }
}

function calibrationText(writer: PenHold): string {
  const { magScale, magBias, gyroBias } = sensorErrors(writer)
  const lines = (key: string, values: Axes) => ['x', 'y', 'z'].map((axis, i) => `${key}${axis}:${values[i]}`)
  return `${[...lines('sm', magScale), ...lines('bm', magBias), ...lines('bg', gyroBias)].join('\n')}\n`
}
