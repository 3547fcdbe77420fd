import { afterEach, describe, expect, it } from 'vitest'
import { asError, errorShape, KalamosError } from '../../../src/shared/errors.ts'
import { catalogue as english } from '../../../src/shared/messages/en/index.ts'
import { say } from '../../../src/shared/messages/index.ts'
import { placesOf, renderer, type Catalogue } from '../../../src/shared/messages/render.ts'
import { catalogue as german } from '../../../src/renderer/text/de/host/index.ts'
import { spoken } from '../../../src/renderer/text/language.svelte.ts'
import { hostMessage } from '../../../src/renderer/text/host-message.ts'
import { files } from './sources.ts'

const LANGUAGES: Record<string, Catalogue> = { en: english, de: german }

afterEach(() => {
  spoken.choice = 'system'
})

describe('the catalogues', () => {
  it.each(Object.keys(LANGUAGES))('have the same codes with the same places: %s', (language) => {
    const places = (texts: Catalogue): [string, string[]][] =>
      Object.keys(texts)
        .sort()
        .map((code) => [code, placesOf(texts[code]!)])
    expect(places(LANGUAGES[language]!)).toEqual(places(english))
  })

  it('name no code that nothing says', () => {
    const sources = files('src/{main,shared,renderer/transport}/**/*.ts')
      .filter(([path]) => !path.startsWith('src/shared/messages/'))
      .map(([, source]) => source)
    expect(Object.keys(english).filter((code) => !sources.some((source) => source.includes(`'${code}'`)))).toEqual([])
  })
})

describe('a message', () => {
  const damaged = say('backup.damaged', {
    folder: '/mnt/saved',
    why: say('backup.file-missing', { path: 'kalamos.db' }),
  })

  it('is said in the language spoken now, with the reason in it', () => {
    spoken.choice = 'en'
    expect(hostMessage(damaged)).toBe('The backup in /mnt/saved is damaged: kalamos.db is missing.')
    spoken.choice = 'de'
    expect(hostMessage(damaged)).toBe('Die Sicherung in /mnt/saved ist beschädigt: kalamos.db fehlt.')
  })

  it('is said in German with its numbers, and with what it carries', () => {
    spoken.choice = 'de'
    expect(hostMessage(say('quality.frames-lost', { lost: 1204, frames: 9600, percent: 12.5 }))).toBe(
      '1204 von 9600 Frames sind verloren (12,5 %).',
    )
    const reason = say('recognise.model-needs-pen-not', { missing: 'gyro_x' })
    expect(hostMessage(say('recognise.cannot-read', { name: 'Base', name2: 'Pen 1', reason }))).toBe(
      'Base kann Pen 1 nicht lesen. Das Modell braucht gyro_x; das hat dieser Stift nicht.',
    )
  })

  it('comes through an entry point with its error, whose message is the English', () => {
    const through = asError(
      JSON.parse(
        JSON.stringify(errorShape(new KalamosError('database-damaged', damaged, say('backup.use-another')))),
      ) as ReturnType<typeof errorShape>,
    )
    expect(through).toMatchObject({
      code: 'database-damaged',
      message: 'The backup in /mnt/saved is damaged: kalamos.db is missing.',
      said: damaged,
      wayOut: say('backup.use-another'),
    })
    expect(through.hint).toBe('Use another backup, or copy this one again from where it came.')
  })

  it('is not taken from an entry point where it is none', () => {
    const shape = { code: 'internal' as const, message: { code: 7 } as never }
    expect(asError(shape)).toMatchObject({ message: '{"code":7}', said: '{"code":7}' })
  })

  it('keeps what varies where another version of Kalamos said it', () => {
    expect(hostMessage({ code: 'backup.of-tomorrow', values: { place: '/mnt', count: 3 } })).toBe(
      'backup.of-tomorrow /mnt 3',
    )
  })

  it('has numbers as its language writes them, and the form that goes with them', () => {
    const texts = { found: '{count:grouped} {count:recording|recordings}, {share:3} %, {seconds} s, {names}' }
    const values = { share: 12.3456, seconds: 1.5, names: ['a', 'b'] }
    expect(renderer(texts, 'en')({ code: 'found', values: { ...values, count: 1204 } })).toBe(
      '1,204 recordings, 12.3 %, 1.5 s, a, b',
    )
    expect(renderer(texts, 'de')({ code: 'found', values: { ...values, count: 1 } })).toBe(
      '1 recording, 12,3 %, 1,5 s, a, b',
    )
    expect(renderer({ rate: '{hz:.2} Hz' }, 'de')({ code: 'rate', values: { hz: 99.5 } })).toBe('99,50 Hz')
  })
})
