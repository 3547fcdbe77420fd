import * as tf from '@tensorflow/tfjs'
import type { Loss } from './types.ts'

/** Keeps the tensors of a loss beyond the scope that made them. */
export function keepLoss(loss: Loss): void {
  for (const tensor of tensorsOf(loss)) tf.keep(tensor)
}

export function disposeLoss(loss: Loss): void {
  for (const tensor of tensorsOf(loss)) tensor.dispose()
}

/** The loss and its parts as numbers. */
export async function readLoss({ loss, parts = {} }: Loss): Promise<{ loss: number; parts: Record<string, number> }> {
  const numbers: Record<string, number> = {}
  for (const [name, part] of Object.entries(parts)) numbers[name] = (await part.data())[0]!
  return { loss: (await loss.data())[0]!, parts: numbers }
}

function tensorsOf({ loss, parts = {}, state = {} }: Loss): tf.Tensor[] {
  return [loss, ...Object.values(parts), ...Object.values(state)]
}
