import type * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../shared/errors.ts'
import type { ImageConfig } from '../image/config.ts'
import type { ModelConfig, Output } from '../models/index.ts'
import type { Embedding } from './align.ts'

/** The layers of the pen's network that can be embedded with, and how many values a frame of each has. */
export function penLayers(model: ModelConfig): Record<string, number> {
  const lstm = { lstm: 2 * model.hidden }
  if (model.kind === 'ott')
    return { ...numbered('cnn', Array(model.blocks).fill(model.filters)), ...lstm, dense: model.dense }
  return { ...numbered('cnn', model.widths), ...lstm }
}

/** The layers of the image network that can be embedded with, and how many values a column of each has. */
export function imageLayers(model: ImageConfig): Record<string, number> {
  return { ...numbered('block', model.blocks), features: model.features }
}

/** Size of a named layer; throws `invalid-input` with the names there are. */
export function layerSize(layers: Record<string, number>, name: string, network: string): number {
  const size = layers[name]
  if (size === undefined)
    throw new KalamosError(
      'invalid-input',
      `${network} has no layer "${name}" to embed with.`,
      `It has ${Object.keys(layers).join(', ')}.`,
    )
  return size
}

/**
 * Sizes of the layers that a cross-modal training brings together. Throws `invalid-input` where one does not exist,
 * or where they differ and no projection brings them to one size.
 */
export function embeddedSizes({
  pen,
  penLayer,
  image,
  imageLayer,
  projection,
}: {
  pen: ModelConfig
  penLayer: string
  image: ImageConfig
  imageLayer: string
  projection: number | null
}): {
  pen: number
  image: number
} {
  const sizes = {
    pen: layerSize(penLayers(pen), penLayer, "The pen's network"),
    image: layerSize(imageLayers(image), imageLayer, 'The image network'),
  }
  if (projection === null && sizes.pen !== sizes.image) {
    throw new KalamosError(
      'invalid-input',
      `The layer "${penLayer}" of the pen's network has ${sizes.pen} values, the layer "${imageLayer}" of the ` +
        `image network ${sizes.image}: they cannot be compared.`,
      'Choose layers of the same size, or a projection.',
    )
  }
  return sizes
}

/** A named layer of an output as sequences; what has no time axis is a sequence of one. */
export function embeddingOf({ layers, lengths }: Output, name: string): Embedding {
  const values = layers[name]!
  if (values.rank === 3) return { values: values as tf.Tensor3D, lengths }
  return { values: values.expandDims(1), lengths: new Int32Array(lengths.length).fill(1) }
}

function numbered(name: string, sizes: readonly number[]): Record<string, number> {
  return Object.fromEntries(sizes.map((size, at) => [`${name}${at}`, size]))
}
