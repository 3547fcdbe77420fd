import { describe, expect, it } from 'vitest'
import { unfit } from '../../src/main/recognise/fit.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { inEnglish } from '../../src/shared/messages/index.ts'

const needs = { channels: ['acc1_x', 'gyro_z', 'force'], rateHz: 100, sourceRates: [100, 100] } as const

describe('whether a model can read a pen', () => {
  it('is so where the pen has its channels, in any order, and is fast enough', () => {
    expect(unfit(needs, { channels: PEN_CHANNELS, rateHz: 100 })).toBeNull()
    expect(unfit(needs, { channels: [...PEN_CHANNELS].reverse(), rateHz: 400 })).toBeNull()
    expect(unfit(needs, { channels: PEN_CHANNELS, rateHz: null })).toBeNull()
  })

  it('is not so where channels are missing, and they are named', () => {
    const channels = PEN_CHANNELS.filter(({ name }) => name !== 'force' && name !== 'gyro_z')
    expect(inEnglish(unfit(needs, { channels, rateHz: 100 }))).toBe(
      'The model needs gyro_z, force, which this pen does not have.',
    )
  })

  it('is not so where the pen is slower than all the model learned from', () => {
    expect(inEnglish(unfit(needs, { channels: PEN_CHANNELS, rateHz: 30 }))).toBe(
      'The model learned from at least 100 frames a second; this pen sends 30.',
    )
    expect(unfit({ ...needs, sourceRates: [30, 100] }, { channels: PEN_CHANNELS, rateHz: 29.4 })).toBeNull()
  })
})
