/**
 * Weight of the cross-modal loss beside the task loss: 0 before `from`, then rising over `warmup` epochs to `weight`.
 * Epochs count from 0.
 */
export function crossWeight(
  epoch: number,
  { weight, from, warmup }: { weight: number; from: number; warmup: number },
): number {
  return weight * Math.min(1, Math.max(0, (epoch + 1 - from) / (warmup + 1)))
}
