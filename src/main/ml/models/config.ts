import { KalamosError } from '../../../shared/errors.ts'

/** What reads the features: `ctc` spells a word frame by frame, `class` names one class per recording. */
export type Head = 'ctc' | 'class'

interface Common {
  /** Sensor channels of a frame. */
  channels: number
  /** Outputs; with the `ctc` head, class 0 is the blank. */
  classes: number
  head: Head
  /** Share of values dropped in training. */
  dropout: number
  /** Bidirectional LSTM layers and the size of each direction. */
  layers: number
  hidden: number
}

/** CNN + BiLSTM as first published for this task (Ott et al. 2022). */
export interface OttConfig extends Common {
  kind: 'ott'
  blocks: number
  filters: number
  kernel: number
  /** Size of the dense layer before the classes. */
  dense: number
}

/** REWI (arXiv 2502.20954): stages of strided and depthwise-separable convolutions, then BiLSTM. */
export interface RewiConfig extends Common {
  kind: 'rewi'
  /** Channels of each stage; each halves the time. */
  widths: readonly number[]
  /** Depthwise-separable blocks of a stage. */
  depth: number
  /** Depthwise channels for each channel of a stage. */
  expand: 1 | 2
  /** Whether instance norm has its own scale and shift. */
  affine: boolean
}

export type ModelConfig = OttConfig | RewiConfig

export const MODEL_NAMES = ['ott', 'rewi-s', 'rewi', 'small'] as const
export type ModelName = (typeof MODEL_NAMES)[number]

/** A model of a known size for given inputs and outputs; `small` is for tests and first looks. */
export function namedConfig(
  name: ModelName,
  { channels, classes, head = 'ctc' }: { channels: number; classes: number; head?: Head },
): ModelConfig {
  const common = { channels, classes, head, dropout: 0.2 }
  switch (name) {
    case 'ott':
      return { kind: 'ott', ...common, blocks: 2, filters: 200, kernel: 4, layers: 2, hidden: 60, dense: 100 }
    case 'rewi-s':
      return {
        kind: 'rewi',
        ...common,
        widths: [64, 128, 256],
        depth: 1,
        expand: 2,
        affine: false,
        layers: 2,
        hidden: 64,
      }
    case 'rewi':
      return {
        kind: 'rewi',
        ...common,
        widths: [128, 256, 512],
        depth: 3,
        expand: 2,
        affine: false,
        layers: 3,
        hidden: 128,
      }
    case 'small':
      return { kind: 'ott', ...common, blocks: 2, filters: 16, kernel: 4, layers: 1, hidden: 16, dense: 16 }
  }
}

/** How many input frames become one output frame. */
export function timeReduction(config: ModelConfig): number {
  return 2 ** (config.kind === 'ott' ? config.blocks : config.widths.length)
}

/** Output frames for each row's input frames; throws `empty-recording` where nothing would be left. */
export function outputLengths(config: ModelConfig, lengths: Int32Array): Int32Array {
  const reduction = timeReduction(config)
  const reduced = lengths.map((frames) => Math.floor(frames / reduction))
  const row = reduced.indexOf(0)
  if (row >= 0) {
    throw new KalamosError(
      'empty-recording',
      `row ${row} has ${lengths[row]} frames; this model needs at least ${reduction}`,
      'Leave the recording out, or record it again.',
    )
  }
  return reduced
}
