/** Positions of x, y and z of every sensor that has all three. */
export function triads(names: readonly string[]): [number, number, number][] {
  return names.flatMap((name, x): [number, number, number][] => {
    if (!name.endsWith('_x')) return []
    const sensor = name.slice(0, -2)
    const [y, z] = [names.indexOf(`${sensor}_y`), names.indexOf(`${sensor}_z`)]
    return y < 0 || z < 0 ? [] : [[x, y, z]]
  })
}
