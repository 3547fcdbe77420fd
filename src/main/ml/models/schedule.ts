/**
 * Learning rate of a step: a linear warm-up from 0, then half a cosine down to 0 (Loshchilov and Hutter 2017).
 * `step` counts from 0; `warmup` and `total` are in steps.
 */
export function learningRateAt(
  step: number,
  { peak, warmup, total }: { peak: number; warmup: number; total: number },
): number {
  if (step < warmup) return (peak * (step + 1)) / warmup
  const along = Math.min(1, (step - warmup) / Math.max(1, total - warmup))
  return (peak * (1 + Math.cos(Math.PI * along))) / 2
}
