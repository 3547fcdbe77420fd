import { simulatedAmong, type SimulatedAmong } from '../../../shared/api/simulated.ts'
import type { Pose } from '../../../shared/api/training.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { isRate, matchChannels } from '../../../shared/signal.ts'
import { namedConfig, timeReduction, type ModelConfig } from '../models/config.ts'
import { checkSameRecordings, reproducedSplit } from './reproduce.ts'
import { classesOf, encode, foreignTo, outputsOf } from './classes.ts'
import { tellsGravity } from './pose.ts'
import { divide } from './split.ts'
import type { Drawn, ModelSignature, Labelled, LeftOut, Recording, RecordingSource, TrainingConfig } from './types.ts'

/** What a training starts from: a model's interface and network, kept as they are. */
export interface Basis {
  signature: ModelSignature
  model: ModelConfig
}

/** What a training is going to use. */
export interface Selection extends SimulatedAmong {
  signature: ModelSignature
  model: ModelConfig
  train: Labelled[]
  heldOut: Labelled[]
  leftOut: LeftOut[]
  writers: number
  /** Lowest and highest rate the recordings were made at. */
  sourceRates: [number, number]
}

/** What lasts longer is no word; it would make every batch it is in as long as itself. */
const LONGEST_MS = 120_000

/** Output frames that every recording has at least. */
const MINIMUM_OUTPUTS = 4

/** The rate at which the networks were designed: slower recordings are brought up to it unless told otherwise. */
const USUAL_RATE = 100

/**
 * Chooses recordings, channels, rate and classes for a training, from what the store knows without reading samples,
 * and says what is left out and why: writers of the locked holdout always, and what a person excluded. The same
 * recordings, config and seed give the same selection. Throws `not-found` where nothing is left to train on,
 * `device-unsuitable` where recordings share no channel, `label-unfit` where no label can be said with the basis'
 * classes, `invalid-input` for a split that cannot work, and `conflict` where a run is to be repeated and its
 * recordings are not all there.
 */
export function selectRecordings(
  source: Pick<RecordingSource, 'each'>,
  config: TrainingConfig,
  basis?: Basis,
  resumed?: Drawn,
): Selection {
  const exclusion = new Exclusion()
  const { reproduces } = config
  const drawn = resumed ?? (reproduces && reproducedSplit(reproduces))
  const all = [...source.each(reproduces ? {} : config.filter)].filter(
    ({ id }) => !drawn || drawn.train.has(id) || drawn.heldOut.has(id),
  )
  const refused = new Set(config.adapt?.leaveOut)
  let chosen = exclusion
    .keep(all, (recording) => (refused.has(recording.id) ? 'left out by choice' : unusable(recording)))
    .filter(isLabelled)

  const channels = basis
    ? basis.signature.channels
    : config.channels.length > 0
      ? config.channels
      : sharedChannels(chosen)
  chosen = exclusion.keep(chosen, (recording) => lacking(recording, channels))
  const pose = basis ? basis.signature.pose : poseFor(config, chosen)
  if (pose === 'roll-normalised') chosen = exclusion.keep(chosen, lackingGravity)
  if (basis) {
    const fluent = exclusion.keep(chosen, ({ label }) => foreign(basis.signature, label))
    if (fluent.length === 0 && chosen.length > 0) throw unsayable(basis.signature, chosen)
    chosen = fluent
  } else if (reproduces) {
    const { task } = config
    chosen = exclusion.keep(chosen, ({ label }) =>
      foreignTo({ task, classes: reproduces.classes }, label) === null ? null : 'relabelled since',
    )
  }
  if (chosen.length === 0 && !reproduces) throw nothingLeft(all.length, exclusion.leftOut)

  const rateHz = basis?.signature.rateHz ?? config.rateHz ?? USUAL_RATE
  const classes =
    basis?.signature.classes ??
    reproduces?.classes ??
    classesOf(
      chosen.map(({ label }) => label),
      config.task,
    )
  const model = basis?.model ?? networkFor(config, channels.length, outputsOf({ task: config.task, classes }))
  const reduction = timeReduction(model)
  const signature = basis?.signature ?? {
    task: config.task,
    channels,
    rateHz,
    classes,
    minimumFrames: MINIMUM_OUTPUTS * reduction,
    ...(pose ? { pose } : {}),
  }
  chosen = exclusion.keep(chosen, (recording) =>
    tooShort(encode(signature, recording.label), framesAt(recording, rateHz), { ...signature, reduction }),
  )
  if (reproduces && !resumed) checkSameRecordings(reproduces, chosen, exclusion.leftOut)
  if (chosen.length === 0) throw nothingLeft(all.length, exclusion.leftOut)
  checkTask(config, basis, classes)

  const { train, heldOut } = drawn ? redraw(chosen, drawn) : divide(chosen, config.split, config.seed)
  if (train.length === 0) throw nothingLeft(all.length, exclusion.leftOut)
  return {
    signature,
    model,
    train,
    heldOut,
    leftOut: exclusion.leftOut,
    writers: new Set(chosen.map(({ writerId }) => writerId)).size,
    ...simulatedAmong(chosen),
    sourceRates: rangeOf(chosen.map((recording) => recording.rateHz)),
  }
}

/** Least and most of many values: too many to be arguments of one call. */
function rangeOf(values: readonly number[]): [number, number] {
  return [
    values.reduce((least, value) => Math.min(least, value)),
    values.reduce((most, value) => Math.max(most, value)),
  ]
}

/**
 * Why a label cannot be learned from so many frames, or null: CTC needs an output frame for each letter,
 * and one more between two equal letters.
 */
export function tooShort(
  target: readonly number[],
  frames: number,
  signature: Pick<ModelSignature, 'task' | 'minimumFrames'> & { reduction: number },
): string | null {
  if (signature.task !== 'ctc') return null
  const needed = target.reduce((sum, letter, at) => sum + (at > 0 && target[at - 1] === letter ? 2 : 1), 0)
  const outputs = Math.floor(Math.max(frames, signature.minimumFrames) / signature.reduction)
  return outputs < needed ? 'too short for the label at this rate' : null
}

class Exclusion {
  readonly #reasons = new Map<string, number>()

  keep<T>(items: readonly T[], reasonAgainst: (item: T) => string | null): T[] {
    return items.filter((item) => {
      const reason = reasonAgainst(item)
      if (reason !== null) this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1)
      return reason === null
    })
  }

  get leftOut(): LeftOut[] {
    return [...this.#reasons].map(([reason, recordings]) => ({ reason, recordings }))
  }
}

function unusable(recording: Recording): string | null {
  if (recording.state === 'open') return 'still being recorded'
  if (recording.locked) return 'locked holdout'
  if (recording.excluded !== null) return `excluded: ${recording.excluded}`
  if (recording.state === 'interrupted') return 'interrupted before the word was finished'
  if (recording.label === null || recording.label.trim() === '') return 'no label'
  if (recording.frames === 0) return 'no samples'
  if (!isRate(recording.rateHz)) return `recording ${recording.id} has a rate that no pen has`
  if (recording.durationMs > LONGEST_MS) return 'longer than two minutes'
  return null
}

function isLabelled(recording: Recording): recording is Labelled {
  return recording.label !== null
}

function sharedChannels(recordings: readonly Recording[]): string[] {
  const [first, ...others] = recordings
  if (!first) return []
  const shared = first.channels
    .map(({ name }) => name)
    .filter((name) => others.every(({ channels }) => channels.some((channel) => channel.name === name)))
  if (shared.length > 0) return shared
  throw new KalamosError(
    'device-unsuitable',
    'The selected recordings have no channel in common.',
    'Select recordings of one kind of pen, or name the channels to train on.',
  )
}

function lacking(recording: Recording, channels: readonly string[]): string | null {
  const { missing } = matchChannels(recording.channels, channels)
  return missing.length === 0 ? null : `no channel ${missing.join(', ')}`
}

/** A run that is repeated says what it did; one that says nothing was made before rolls were normalised by default. */
function poseFor({ pose, reproduces }: TrainingConfig, recordings: readonly Recording[]): Pose {
  if (pose) return pose
  return !reproduces && recordings.every(({ channels }) => tellsGravity(channels)) ? 'roll-normalised' : 'as held'
}

function lackingGravity({ channels }: Recording): string | null {
  return tellsGravity(channels) ? null : 'no accelerometer of three axes to tell the roll by'
}

function foreign(signature: ModelSignature, label: string): string | null {
  const outside = foreignTo(signature, label)
  return outside === null
    ? null
    : `"${outside}" is outside the model's ${signature.task === 'ctc' ? 'alphabet' : 'classes'}`
}

function unsayable(signature: ModelSignature, recordings: readonly Labelled[]): KalamosError {
  const outside = [...new Set(recordings.flatMap(({ label }) => foreignTo(signature, label) ?? []))].sort()
  return new KalamosError(
    'label-unfit',
    `The model to start from cannot write any of the ${recordings.length} labels: ` +
      `${outside.slice(0, 10).join(' ')} is outside its ${signature.task === 'ctc' ? 'alphabet' : 'classes'}.`,
    'Start from another model, or train a new one.',
  )
}

function nothingLeft(found: number, leftOut: readonly LeftOut[]): KalamosError {
  const reasons = leftOut.map(({ reason, recordings }) => `${recordings} ${reason}`).join('; ')
  return new KalamosError(
    'not-found',
    found === 0
      ? 'No recordings fit the filter.'
      : `None of the ${found} selected recordings can be trained on: ${reasons}.`,
    found === 0
      ? 'Record or import some first, or widen the filter.'
      : 'Label them, record them again, or select others.',
  )
}

function checkTask({ task, split }: TrainingConfig, basis: Basis | undefined, classes: readonly string[]): void {
  if (basis && basis.signature.task !== task) {
    throw new KalamosError(
      'invalid-input',
      `The model to start from was trained for the task ${basis.signature.task}, not ${task}.`,
      `Choose the task ${basis.signature.task}, or start from another model.`,
    )
  }
  if (task !== 'classes') return
  if (classes.length < 2)
    throw new KalamosError(
      'label-unfit',
      `All recordings have the label "${classes[0] ?? ''}": there is nothing to tell apart.`,
      'Record at least two different labels, or choose the task ctc.',
    )
  if (split.by === 'word' && split.heldOut > 0) {
    throw new KalamosError(
      'invalid-input',
      'Whole words cannot be held back from a model that only knows whole words.',
      'Hold back writers or single recordings, or choose the task ctc.',
    )
  }
}

function networkFor({ model, task }: TrainingConfig, channels: number, classes: number): ModelConfig {
  return namedConfig(model, { channels, classes, head: task === 'ctc' ? 'ctc' : 'class' })
}

/** Frames of a recording at another rate, gaps filled in. */
export function framesAt({ frames, lostFrames, rateHz }: Recording, wanted: number): number {
  return Math.floor(((frames + lostFrames - 1) * wanted) / rateHz) + 1
}

function redraw(
  recordings: readonly Labelled[],
  { train, heldOut }: Drawn,
): { train: Labelled[]; heldOut: Labelled[] } {
  return {
    train: recordings.filter(({ id }) => train.has(id)),
    heldOut: recordings.filter(({ id }) => heldOut.has(id)),
  }
}
