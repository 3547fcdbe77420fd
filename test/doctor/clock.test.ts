import { expect, test } from 'vitest'
import { examineClock } from '../../src/main/doctor/clock.ts'

const NOON = Date.parse('2027-03-01T12:00:00Z')

test('a clock that is after the latest session can be right', () => {
  expect(examineClock(NOON - 1000, NOON)).toMatchObject({
    ok: true,
    detail: expect.stringMatching(/^2027-03-0[12] \d\d:00:00 \(UTC[+-]\d\d:\d\d\)$/) as unknown,
    hint: null,
  })
  expect(examineClock(null, NOON)).toMatchObject({ ok: true })
})

test('a clock of before the app was made is wrong, as on a board whose battery is empty', () => {
  expect(examineClock(null, 0)).toMatchObject({ ok: false, hint: expect.stringMatching(/^Set the clock/) as unknown })
})

test('a clock that is behind the latest session is wrong; a few minutes between machines are not', () => {
  expect(examineClock(NOON, NOON - 86_400_000)).toMatchObject({
    ok: false,
    detail: expect.stringContaining('the latest session began on 2027-03-0') as unknown,
  })
  expect(examineClock(NOON, NOON - 60_000)).toMatchObject({ ok: true })
})
