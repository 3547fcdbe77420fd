import { describe, expect, test } from 'vitest'
import { StyleFit } from '../../../src/main/ml/style/fit.ts'
import { styleOf } from '../../../src/main/ml/style/estimate.ts'
import { seen, told } from './writers.ts'

describe('learning to estimate styles', () => {
  test('from sixty writers tells the tempo and the force of others', async () => {
    const learning = new StyleFit()
    for (const { writer, features } of await seen(961_000, 60, 6)) learning.add(writer, features)
    const reader = learning.finish()
    const pairs = (await seen(962_000, 20, 6)).map(({ writer, features }) => ({
      writer,
      style: styleOf(reader, features),
    }))
    for (const trait of ['tempo', 'force']) expect(told(trait, pairs), trait).toBeGreaterThan(0.5)
  })
})
