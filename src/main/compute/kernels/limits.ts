import * as tf from '@tensorflow/tfjs'

/** Units whose gates and cells, in both passes, fit into the 16 KiB of memory that every GPU gives a workgroup. */
const MOST_UNITS = 448

/** Whether the current backend's LSTM kernel takes so many units. */
export function lstmFits(hidden: number): boolean {
  return tf.getBackend() !== 'webgpu' || hidden <= MOST_UNITS
}

/** Letters of a label whose states fit there too. */
const MOST_LETTERS = 511

/** Whether the current backend's CTC kernel takes labels of so many letters. */
export function ctcLabelsFit(labels: readonly (readonly number[])[]): boolean {
  return tf.getBackend() !== 'webgpu' || labels.every((label) => label.length <= MOST_LETTERS)
}
