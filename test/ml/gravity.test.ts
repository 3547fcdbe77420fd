import { describe, expect, it } from 'vitest'
import { gravityOf, type Vector } from '../../src/main/ml/data/gravity.ts'
import { simulateWord } from '../../src/main/simulator/simulate.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'

const AXES: Vector = [0, 1, 2]

/** The front accelerometer of a simulated word, `[frames, 3]` in g. */
function accelerations(writer: number, text: string): Float32Array {
  const { values, channels, frames } = simulateWord(drawWriter(writer), text).signal
  return Float32Array.from({ length: frames * 3 }, (_, at) => values[Math.floor(at / 3) * channels.length + (at % 3)]!)
}

const changed = (values: Float32Array, change: (value: number, axis: number, frame: number) => number): Float32Array =>
  values.map((value, at) => change(value, at % 3, Math.floor(at / 3)))

const doubt = (values: Float32Array) => gravityOf(values, 3, AXES, 100).doubt

describe('the mean of an accelerometer', () => {
  const word = accelerations(7, 'Haus')

  it('is gravity in a word as people write it, short ones among them', () => {
    for (let writer = 1; writer <= 20; writer++)
      for (const text of ['Haus', 'a', 'Donaudampfschiff']) expect(doubt(accelerations(writer, text))).toBeNull()
  })

  it('is doubtful in a recording that is too short for movement to average out', () => {
    expect(doubt(word.slice(0, 3 * 20))).toBe('short')
    expect(doubt(word.slice(0, 3))).toBe('short')
  })

  it('is doubtful where movement is so fast that stretches of it disagree', () => {
    const frames = word.length / 3
    const fast = changed(word, (value, axis, frame) =>
      axis === 2 ? value : value + 1.5 * Math.sin((3 * Math.PI * frame) / frames + axis),
    )
    expect(doubt(fast)).toBe('fast')
  })

  it('is doubtful where the tip points up, however the pen is turned then', () => {
    expect(doubt(changed(word, (value, axis) => (axis === 0 ? value : -value)))).toBe('upside down')
    expect(doubt(changed(word, (value, axis) => (axis === 1 ? value : -value)))).toBe('upside down')
  })

  it('tells no roll of a pen that stands upright', () => {
    const upright = changed(word, (_, axis) => (axis === 2 ? 1 : 0.05))
    expect(doubt(upright)).toBe('upright')
  })

  it('is no gravity where the sensor leaves it out, or where the gain is far off', () => {
    expect(
      gravityOf(
        changed(word, () => 0.001),
        3,
        AXES,
        100,
      ),
    ).toMatchObject({ doubt: 'no gravity', roll: 0 })
    expect(doubt(changed(word, (value) => 2 * value))).toBe('no gravity')
    expect(doubt(changed(word, () => NaN))).toBe('no gravity')
  })
})
