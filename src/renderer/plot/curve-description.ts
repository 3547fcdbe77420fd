import { t } from '../text/index.ts'

/** A line of a chart: a value at each epoch, null where there is none. */
export interface Curve {
  name: string
  values: (number | null)[]
}

/** Curves in words, for those who do not see them: where each begins, ends and is lowest. `format` writes a value. */
export function describedCurves(
  epochs: readonly number[],
  curves: readonly Curve[],
  format: (value: number) => string,
): string {
  return curves
    .flatMap(({ name, values }) => {
      const known = values.flatMap((value, at) =>
        value === null || !Number.isFinite(value) ? [] : [{ value, at: epochs[at]! }],
      )
      const [first, last] = [known[0], known.at(-1)]
      if (first === undefined || last === undefined) return []
      const low = known.reduce((least, one) => (one.value < least.value ? one : least))
      return [t.curves.told(name, format(first.value), format(last.value), format(low.value), low.at)]
    })
    .join('; ')
}
