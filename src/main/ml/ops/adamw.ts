/** Settings of one AdamW step. */
export interface AdamwOptions {
  learningRate: number
  beta1?: number
  beta2?: number
  epsilon?: number
  weightDecay?: number
  /** Which step this is, counted from 1: corrects the moments' bias. */
  step: number
}

/**
 * One step of AdamW (Loshchilov & Hutter 2019, in PyTorch's form) over a flat block of weights, in place:
 * all four arrays have the same length.
 */
export function adamw(weights: Float32Array, gradients: Float32Array, first: Float32Array, second: Float32Array, options: AdamwOptions): void {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0.01, step } = options
  const correction1 = 1 - beta1 ** step
  const correction2 = Math.sqrt(1 - beta2 ** step)
  const rate = learningRate / correction1
  const shrink = 1 - learningRate * weightDecay
  for (let i = 0; i < weights.length; i++) {
    const gradient = gradients[i]!
    const m = beta1 * first[i]! + (1 - beta1) * gradient
    const v = beta2 * second[i]! + (1 - beta2) * gradient * gradient
    first[i] = m
    second[i] = v
    weights[i] = weights[i]! * shrink - (rate * m) / (Math.sqrt(v) / correction2 + epsilon)
  }
}
