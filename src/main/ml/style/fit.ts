import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import { FONT_NAMES, FONT_ROLES, TRAIT_NAMES, traitsOf } from '../../simulator/traits.ts'
import type { VirtualWriter } from '../../simulator/writer.ts'
import type { NamedArray } from '../../compute/engine/types.ts'
import type { WordFeatures } from './features.ts'
import type { StyleEstimator, StyleEstimateModel } from './estimate.ts'

/** Numbers of words for which it is learned how far they tell a hand; more words than the most of them tell no less. */
const WORDS = [5, 10, 15]
/** Ridge, as a share of a feature's variance. */
const RIDGE = 0.02
/** What keeps matrices of shares, which are 1 together, from being singular. */
const LEAST = 1e-6

/**
 * Learns to tell hands from the words of writers whose hands are known. A feature of a word is what the text explains
 * of it (least squares within writers), the writer's own mean, and chance. Over writers, means of words and traits are
 * taken to be normal together: so the best estimate of the traits is linear in the mean of some words, and what remains
 * uncertain is known (Bishop 2006, 2.3). Fonts are told by the same regression, one number each.
 */
export class StyleFit {
  #writers = 0
  #words = 0
  #texts = 0
  #features = 0
  /** Sums over words of products within writers, `[texts + features, texts + features]`, upper triangle. */
  #within = new Float64Array(0)
  readonly #means: Float64Array[] = []
  readonly #hands: Float64Array[] = []

  /** Learns from some words of a writer, at least two. */
  add(writer: VirtualWriter, features: readonly WordFeatures[]): void {
    const rows = features.map(({ text, values }) => Float64Array.from([...text, ...values]))
    const size = rows[0]!.length
    if (this.#writers === 0) {
      this.#texts = features[0]!.text.length
      this.#features = size - this.#texts
      this.#within = new Float64Array(size * size)
    }
    const mean = Float64Array.from(
      { length: size },
      (_, at) => rows.reduce((sum, row) => sum + row[at]!, 0) / rows.length,
    )
    for (const row of rows) {
      const off = row.map((value, at) => value - mean[at]!)
      for (let a = 0; a < size; a++) {
        const value = off[a]!
        if (value === 0) continue
        for (let b = a; b < size; b++) this.#within[a * size + b]! += value * off[b]!
      }
    }
    this.#writers++
    this.#words += rows.length
    this.#means.push(mean)
    this.#hands.push(styleValues(writer))
  }

  /** What was learned; fewer than two writers are a defect of the caller. */
  finish(): StyleEstimator {
    if (this.#writers < 2) throw new Error('hands cannot be told apart by the words of fewer than two writers')
    const [texts, features] = [this.#texts, this.#features]
    const size = texts + features
    const within = new Matrix(size, size)
    for (let a = 0; a < size; a++)
      for (let b = a; b < size; b++)
        within.set(a, b, this.#within[a * size + b]!).set(b, a, this.#within[a * size + b]!)
    const part = (rows: number, columns: number): Matrix =>
      within.subMatrix(rows, rows === 0 ? texts - 1 : size - 1, columns, columns === 0 ? texts - 1 : size - 1)
    const text = solved(part(0, 0), part(0, texts), LEAST * (part(0, 0).trace() / texts + LEAST))
    const chance = part(texts, texts)
      .sub(part(texts, 0).mmul(text))
      .div(Math.max(1, this.#words - this.#writers))

    const means = new Matrix(this.#means.map((mean) => [...mean]))
    const unexplained = means
      .subMatrix(0, this.#writers - 1, texts, size - 1)
      .sub(means.subMatrix(0, this.#writers - 1, 0, texts - 1).mmul(text))
    const hands = new Matrix(this.#hands.map((style) => [...style]))
    const [mean, prior] = [unexplained.mean('column'), hands.mean('column')]
    const [seen, told] = [unexplained.subRowVector(mean), hands.subRowVector(prior)]
    const covariance = (a: Matrix, b: Matrix): Matrix =>
      a
        .transpose()
        .mmul(b)
        .div(this.#writers - 1)
    const between = covariance(seen, seen)
    const scale = between
      .diagonal()
      .map((variance, at) => Math.sqrt(Math.max(0, variance) + Math.max(0, chance.get(at, at))) + LEAST)
    for (const matrix of [between, chance]) matrix.divRowVector(scale).divColumnVector(scale)
    const shared = covariance(seen, told).divColumnVector(scale)
    const spread = covariance(told, told)
    const perWriter = this.#words / this.#writers
    const models = WORDS.map((words): StyleEstimateModel => {
      // The writers' means are of `perWriter` words each; means of fewer words are moved more by chance.
      const more = Math.max(0, 1 / words - 1 / perWriter)
      const weights = solved(Matrix.add(between, Matrix.mul(chance, more)), shared, RIDGE)
      const uncertain = spread.clone().sub(shared.transpose().mmul(weights))
      return {
        words,
        weights: array(weights),
        factor: array(factorOf(uncertain.subMatrix(0, TRAIT_NAMES.length - 1, 0, TRAIT_NAMES.length - 1))),
      }
    })
    return { text: array(text), mean: vector(mean), scale: vector(scale), prior: vector(prior), models }
  }
}

/** A hand as numbers: its traits, and a one for the font of each role. */
export function styleValues(writer: VirtualWriter): Float64Array {
  return Float64Array.from([
    ...traitsOf(writer),
    ...FONT_ROLES.flatMap((role) => FONT_NAMES.map((font) => Number(writer.fonts[role] === font))),
  ])
}

/** The solution of `(matrix + ridge I) x = right` for a symmetric matrix without negative eigenvalues. */
function solved(matrix: Matrix, right: Matrix, ridge: number): Matrix {
  return new CholeskyDecomposition(withRidge(matrix, ridge)).solve(right)
}

function factorOf(covariance: Matrix): Matrix {
  const scale = covariance.diagonal().map((variance) => Math.sqrt(Math.max(0, variance)) + LEAST)
  const correlation = covariance.clone().divRowVector(scale).divColumnVector(scale)
  return new CholeskyDecomposition(withRidge(correlation, 10 * LEAST)).lowerTriangularMatrix.mulColumnVector(scale)
}

/** With something on the diagonal, and without what rounding leaves that is not symmetric. */
function withRidge(matrix: Matrix, ridge: number): Matrix {
  return Matrix.add(matrix, matrix.transpose())
    .div(2)
    .add(Matrix.eye(matrix.rows, matrix.columns, ridge))
}

function array(matrix: Matrix): NamedArray {
  return { shape: [matrix.rows, matrix.columns], values: Float32Array.from(matrix.to1DArray()) }
}

function vector(values: readonly number[]): NamedArray {
  return { shape: [values.length], values: Float32Array.from(values) }
}
