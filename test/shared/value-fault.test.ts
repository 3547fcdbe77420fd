import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterEach, describe, expect, it } from 'vitest'
import { ModelCard } from '../../src/main/ml/checkpoint/card.ts'
import { readCard } from '../../src/main/ml/checkpoint/weights.ts'
import { spoken } from '../../src/renderer/text/language.svelte.ts'
import { hostMessage } from '../../src/renderer/text/host-message.ts'
import { isRequestName, requests, validInput } from '../../src/shared/api.ts'
import { KalamosError } from '../../src/shared/errors.ts'
import { faultIn } from '../../src/shared/value-fault.ts'
import { configOf, folderFor } from '../training/small-store.ts'

const OF_THE_LIBRARY = /Invalid|Expected|Received/

const Form = v.strictObject({
  name: v.pipe(v.string(), v.nonEmpty(), v.maxLength(5)),
  size: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  colour: v.picklist(['red', 'blue']),
  code: v.pipe(v.string(), v.regex(/^[a-z]+$/)),
  list: v.array(v.number()),
})
const FITS = { name: 'Ada', size: 3, colour: 'red', code: 'a', list: [1] }

/** The message of an error that has to come. */
function refusal(attempt: () => unknown): KalamosError {
  try {
    attempt()
  } catch (error) {
    if (error instanceof KalamosError) return error
    throw error
  }
  throw new Error('it was not refused')
}

afterEach(() => {
  spoken.choice = 'system'
})

describe('a value that does not fit', () => {
  it.each([
    [{ ...FITS, name: 7 }, 'name: must be a text, not 7', 'name: muss ein Text sein, nicht 7'],
    [{ ...FITS, name: '' }, 'name: must not be empty', 'name: darf nicht leer sein'],
    [{ ...FITS, name: 'Ada Lovelace' }, 'name: must have at most 5 characters', 'name: darf höchstens 5 Zeichen haben'],
    [{ ...FITS, size: null }, 'size: is missing', 'size: fehlt'],
    [{ ...FITS, size: 1.5 }, 'size: must be a whole number', 'size: muss eine ganze Zahl sein'],
    [{ ...FITS, size: 1e308 }, 'size: must be at most 9007199254740991', 'size: darf höchstens 9007199254740991 sein'],
    [{ ...FITS, size: 0 }, 'size: must be at least 1', 'size: muss mindestens 1 sein'],
    [
      { ...FITS, colour: 'green' },
      'colour: must be one of “red”, “blue”, not “green”',
      'colour: muss eines von “red”, “blue” sein, nicht “green”',
    ],
    [{ ...FITS, code: '9' }, 'code: does not have the right form', 'code: hat nicht die richtige Form'],
    [{ ...FITS, list: ['x'] }, 'list.0: must be a number, not “x”', 'list.0: muss eine Zahl sein, nicht “x”'],
    [{ ...FITS, more: 1 }, 'more: is not known here', 'more: ist hier nicht bekannt'],
    ['x', 'the form: must be an object with fields, not “x”', 'the form: muss ein Objekt mit Feldern sein, nicht “x”'],
  ])('is named with what is wrong, in words for people: %j', (value, english, german) => {
    const fault = faultIn(v.safeParse(Form, value).issues![0], 'the form')
    expect(fault).toBe(english)
    spoken.choice = 'de'
    expect(hostMessage(fault)).toBe(german)
  })

  it('is quoted no further than anybody reads', () => {
    const fault = faultIn(v.safeParse(Form, { ...FITS, colour: 'x'.repeat(1000) }).issues![0], 'the form')
    expect(fault.length).toBeLessThan(150)
  })

  it('is told of a count that no database can hold', () => {
    const page = { filter: {}, offset: 1e308, limit: 5 }
    expect(refusal(() => validInput('recordings.list', page)).code).toBe('invalid-input')
  })

  it('is told so by every request, with the way out', () => {
    for (const name of Object.keys(requests).filter(isRequestName))
      for (const input of [null, 3, [], { path: 7, id: 'x', filter: 1, name: '' }, { no: 'field' }]) {
        if (v.safeParse(requests[name].input, input).success) continue
        const { code, message, hint } = refusal(() => validInput(name, input))
        expect([code, message]).toEqual(['invalid-input', expect.stringContaining(name)])
        expect(message).not.toMatch(OF_THE_LIBRARY)
        expect(hint).toBe('Correct this and try again; nothing was changed.')
      }
    expect(refusal(() => validInput('train.start', configOf({ epochs: 0, learningRate: -1 }))).message).toMatch(
      /^train\.start: epochs: must be at least 1; learningRate: must be /,
    )
  })

  it('is told so of the card of a model, with the file and the way out', () => {
    const path = join(folderFor('cards'), 'card.json')
    writeFileSync(path, JSON.stringify({ format: 'kalamos-model', version: 1, name: 7 }))
    const { code, message, hint } = refusal(() => readCard(path, ModelCard))
    expect([code, message]).toEqual(['checkpoint-damaged', `${path} is damaged: name: must be a text, not 7.`])
    expect(hint).toMatch(/^Restore it from a backup/)
  })
})
