import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { principalAxes, turnedTowards } from '../../../src/main/ml/embedding/pca.ts'

const near = (found: readonly (readonly number[])[], wanted: readonly (readonly number[])[]): void =>
  found.forEach((point, i) => point.forEach((value, axis) => expect(value).toBeCloseTo(wanted[i]![axis]!, 5)))

/** Worked out with numpy.linalg.svd. */
const POINTS = [
  [2.5, 0.5, -1, 4],
  [0.3, 2.2, 1.5, -2],
  [-1.2, 3.1, 0.4, 0.9],
  [4.4, -0.7, 2.2, 1.1],
  [0.9, 0.1, -3.3, 2.6],
  [1.7, 1.9, 0.2, -0.8],
]
const AXES = [
  [-3.286312, -0.047236],
  [3.616077, 0.165317],
  [1.857682, -2.31143],
  [-0.832851, 4.046823],
  [-2.926322, -2.184153],
  [1.571725, 0.330679],
]

describe('the two axes along which points differ most', () => {
  test('are those of a singular value decomposition', () => {
    const { at, explained } = principalAxes(
      POINTS.map((point) => Float64Array.from(point)),
      2,
    )
    near(at, AXES)
    expect(explained).toBeCloseTo(0.913343, 5)
  })

  test('keep all distances of points that lie in a plane, wherever the plane lies', () => {
    const coordinate = fc.double({ min: -10, max: 10, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 12 }), (plane) => {
        const inSpace = plane.map(([x, y]) => Float64Array.of(0.6 * x - 2, 0.8 * x, y + 5))
        const { at } = principalAxes(inSpace, 2)
        plane.forEach(([x, y], i) =>
          expect(Math.hypot(at[i]![0]! - at[0]![0]!, at[i]![1]! - at[0]![1]!)).toBeCloseTo(
            Math.hypot(x - plane[0]![0], y - plane[0]![1]),
            4,
          ),
        )
      }),
    )
  })

  test('of one point, or of points that are all the same, are nothing', () => {
    expect(principalAxes([Float64Array.of(3, 4)], 2)).toEqual({ at: [[0, 0]], explained: 1 })
    expect(principalAxes([Float64Array.of(3, 4), Float64Array.of(3, 4)], 2)).toEqual({
      at: [
        [0, 0],
        [0, 0],
      ],
      explained: 1,
    })
  })
})

describe('points turned to where they were before', () => {
  test('are turned and mirrored as little as the singular value decomposition says', () => {
    const before = [
      [1.618307, -2.852289],
      [-1.666193, 3.229891],
      [-2.899758, 0.478319],
      [3.963717, 1.382432],
      [-0.341373, -3.55369],
      [-0.424701, 1.615336],
    ]
    const turned = [
      [1.617484, -2.861087],
      [-1.681937, 3.205375],
      [-2.932966, 0.437496],
      [3.914098, 1.322972],
      [-0.409083, -3.628572],
      [-0.507595, 1.523816],
    ]
    near(turnedTowards(AXES, before), turned)
  })

  test('are put back exactly where they were only turned', () => {
    const before = AXES.map(([x = 0, y = 0]) => [Math.cos(1) * x - Math.sin(1) * y, Math.sin(1) * x + Math.cos(1) * y])
    near(turnedTowards(AXES, before), before)
  })

  test('stay where they are when nothing was before', () => {
    expect(turnedTowards([[1, 2]], [[0, 0]])).toEqual([[1, 2]])
  })
})
