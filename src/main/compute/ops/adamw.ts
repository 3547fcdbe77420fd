/** How AdamW moves weights. */
export interface AdamwSettings {
  learningRate: number
  beta1?: number
  beta2?: number
  epsilon?: number
  weightDecay?: number
}

/** Settings of one AdamW step. */
export interface AdamwOptions extends AdamwSettings {
  /** Which step this is, counted from 1: corrects the moments' bias. */
  step: number
}

/** The numbers of a step, with the corrections of its moments in them. */
export interface AdamwFactors {
  /** Of the first moment, over the root of the second. */
  rate: number
  /** What decay leaves of a weight. */
  shrink: number
  beta1: number
  beta2: number
  epsilon: number
  /** Of the root of the second moment. */
  perRoot: number
}

/** What every kernel of AdamW is told about a step. */
export function adamwFactors(
  { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0.01 }: AdamwSettings,
  step: number,
): AdamwFactors {
  return {
    rate: learningRate / (1 - beta1 ** step),
    shrink: 1 - learningRate * weightDecay,
    beta1,
    beta2,
    epsilon,
    perRoot: 1 / Math.sqrt(1 - beta2 ** step),
  }
}

/**
 * One step of AdamW (Loshchilov & Hutter 2019, in PyTorch's form) over a flat block of weights, in place:
 * all four arrays have the same length.
 */
export function adamw(
  weights: Float32Array,
  gradients: Float32Array,
  first: Float32Array,
  second: Float32Array,
  { step, ...settings }: AdamwOptions,
): void {
  const { rate, shrink, beta1, beta2, epsilon, perRoot } = adamwFactors(settings, step)
  for (let i = 0; i < weights.length; i++) {
    const gradient = gradients[i]!
    const m = beta1 * first[i]! + (1 - beta1) * gradient
    const v = beta2 * second[i]! + (1 - beta2) * gradient * gradient
    first[i] = m
    second[i] = v
    weights[i] = weights[i]! * shrink - (rate * m) / (Math.sqrt(v) * perRoot + epsilon)
  }
}
