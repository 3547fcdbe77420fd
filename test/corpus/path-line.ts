/** A line of a file of pen paths. */
export interface PathLine {
  id: string
  writer: string
  label: string | null
  set: string
  hand: string
  unit?: string
  y_axis?: string
  scale_suspect?: boolean
  columns: string[]
  t_ref: string
  gaps_ms: (number | null)[] | null
  strokes: number[][][]
}

/**
 * A made-up word of 60 points at 100 Hz and about 40 mm/s: waves 2 mm high and one of 7 mm, then two dots above them.
 * It is written by nobody: tests look at what becomes of a path, whoever's it is.
 */
export function wordLine(id: string, writer = 'w001'): PathLine {
  const waves = Array.from({ length: 60 }, (_, i) => {
    const tall = i < 20 ? 7 : 2
    return [i * 0.25, tall * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / 20)), i * 10]
  })
  const dot = (x: number, start: number) => [0, 1, 2, 3].map((i) => [x + 0.03 * i, 3.2 - 0.1 * i, start + 10 * i])
  return {
    id,
    writer,
    label: 'hilj',
    set: 'made up',
    hand: 'R',
    columns: ['x', 'y', 't_ms'],
    t_ref: 'sample',
    gaps_ms: [120, 90],
    strokes: [waves, dot(6, 710), dot(12, 830)],
  }
}
