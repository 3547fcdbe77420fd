import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pixelLine } from '../../src/renderer/plot/pixel-line.ts'

const SAME = { scale: 1, offset: 0 }

/** What is drawn, such as `M0,0 L3,0`. */
function drawn(times: number[], values: (number | null)[], x = SAME, y = SAME): string[] {
  const said: string[] = []
  pixelLine(times, values, 0, times.length - 1, x, y, {
    moveTo: (...at) => said.push(`M${at.join()}`),
    lineTo: (...at) => said.push(`L${at.join()}`),
  })
  return said
}

/**
 * Every pixel that the points of a line stand on or that a level or upright stretch goes over, and its slanted
 * stretches.
 */
function marks(line: string[]): Set<string> {
  const found = new Set<string>()
  let [x, y] = [0, 0]
  for (const step of line) {
    const [toX, toY] = step.slice(1).split(',').map(Number) as [number, number]
    if (step.startsWith('L') && toX !== x && toY !== y) found.add(`${x},${y} to ${toX},${toY}`)
    else if (step.startsWith('L'))
      for (let at = 0; at <= Math.abs(toX - x) + Math.abs(toY - y); at++)
        found.add(`${x + Math.sign(toX - x) * at},${y + Math.sign(toY - y) * at}`)
    ;[x, y] = [toX, toY]
    found.add(`${x},${y}`)
  }
  return found
}

describe('a line through whole pixels', () => {
  it('goes where the values are', () => {
    expect(drawn([0, 10, 20], [0, 5, 1])).toEqual(['M0,0', 'L10,5', 'L20,1'])
    expect(drawn([1000, 2000], [0.5, -0.5], { scale: 0.1, offset: -50 }, { scale: -10, offset: 20 })).toEqual([
      'M50,15',
      'L150,25',
    ])
  })

  it('leaves out what would change no pixel', () => {
    expect(drawn([0, 1, 2, 3, 4], [5, 5.2, 4.9, 5, 7])).toEqual(['M0,5', 'L3,5', 'L4,7'])
    expect(drawn([0, 0.1, 0.2, 0.3], [1, 4, 9, 2])).toEqual(['M0,1', 'L0,9', 'L0,2'])
  })

  it('breaks where values are missing', () => {
    expect(drawn([0, 1, 2, 3, 4], [1, 1, null, 1, 1])).toEqual(['M0,1', 'L1,1', 'M3,1', 'L4,1'])
    expect(drawn([0, 1], [null, null])).toEqual([])
  })

  it('marks the pixels that a line through all points would mark', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 4 })), {
          minLength: 1,
          maxLength: 30,
        }),
        (steps) => {
          let at = 0
          const times = steps.map(([by]) => (at += by))
          const values = steps.map(([, value]) => value)
          const all = times.map((time, i) => `${i === 0 ? 'M' : 'L'}${time},${values[i]}`)
          expect(marks(drawn(times, values))).toEqual(marks(all))
        },
      ),
    )
  })
})
