import { describe, expect, test } from 'vitest'
import { HandLearning } from '../../../src/main/ml/style/learn.ts'
import { handOf } from '../../../src/main/ml/style/reader.ts'
import { seen, told } from './writers.ts'

describe('learning to tell hands', () => {
  test('from sixty writers tells the tempo and the force of others', async () => {
    const learning = new HandLearning()
    for (const { writer, impressions } of await seen(961_000, 60, 6)) learning.add(writer, impressions)
    const reader = learning.finish()
    const pairs = (await seen(962_000, 20, 6)).map(({ writer, impressions }) => ({
      writer,
      hand: handOf(reader, impressions),
    }))
    for (const trait of ['tempo', 'force']) expect(told(trait, pairs), trait).toBeGreaterThan(0.5)
  })
})
