import ts from 'typescript'
import { afterEach, describe, expect, it } from 'vitest'
import { sentences } from '../../../src/renderer/text/de/sentences/index.ts'
import { spoken } from '../../../src/renderer/text/language.svelte.ts'
import { translator } from '../../../src/renderer/text/sentences.ts'
import { hostMessage } from '../../../src/renderer/text/host-message.ts'
import { phrases } from './host-literals.ts'
import { files, literal, parsed, varying, walk } from './sources.ts'

/** Parts of the host that speak in terminals and pages of their own, never to the window. */
const ELSEWHERE = [
  // What is said by code: test/renderer/text/messages.test.ts.
  /^src\/shared\/messages\//,
  /^src\/main\/(experiments|selftest|corpus)\//,
  /^src\/main\/entrypoints\/(cli|web)(\/|\.ts$)/,
  /^src\/main\/(entrypoints\/electron|training\/process)\.ts$/,
  /^src\/main\/entrypoints\/electron\/(open|menu|fork|dialog-text|update-text)\.ts$/,
]

const literals = files('src/{main,shared}/**/*.ts').flatMap(([path, source]) => {
  const found: { path: string; text: string }[] = []
  const visit = (node: ts.Node): boolean => {
    const text = ts.isImportDeclaration(node) ? null : literal(node)
    if (text === null) return !ts.isImportDeclaration(node)
    found.push({ path, text })
    varying(node).forEach((inside) => walk(inside, visit))
    return false
  }
  walk(parsed(source), visit)
  return found
})

/** A sentence begins like one, ends with a full stop, and has two words that are not SQL's. */
function isSentence(text: string): boolean {
  return /^["“{\p{Lu}].*\p{Ll}{2,} .*\.$/su.test(text) && !/\b(SELECT|INSERT|UPDATE|DELETE|FROM|CREATE)\b/.test(text)
}

/** What a key can be an instance of: the literal itself, or a template with its places filled. */
function shapes(): RegExp[] {
  return literals
    .filter(({ text }) => text.includes('{0}') && text.replace(/\{\d\}/g, '').trim().length >= 3)
    .map(
      ({ text }) =>
        new RegExp(
          `^${text
            .split(/\{\d+\}/)
            .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
            .join('.*')}$`,
          's',
        ),
    )
}

function places(text: string): string[] {
  return [...new Set(text.match(/\{\d\}/g) ?? [])].sort()
}

afterEach(() => {
  spoken.choice = 'system'
})

describe('what the host says', () => {
  it('has a German counterpart for every sentence that can reach the window', () => {
    const missing = literals.filter(
      ({ path, text }) => isSentence(text) && !ELSEWHERE.some((place) => place.test(path)) && !(text in sentences),
    )
    expect(
      [...new Set(missing.map(({ path, text }) => `${path}: ${text}`))],
      'add these to src/renderer/text/de/sentences',
    ).toEqual([])
  })

  it('has one for every reason, place and finding that is no sentence', () => {
    const said = files('src/{main,shared}/**/*.ts').filter(([path]) => !ELSEWHERE.some((place) => place.test(path)))
    const missing = said.flatMap(([path, source]) =>
      phrases(parsed(source))
        .filter((text) => !(text in sentences))
        .map((text) => `${path}: ${text}`),
    )
    expect(missing, 'add these to src/renderer/text/de/sentences').toEqual([])
  })

  it('is found in reasons, in what they are made of, and in functions that tell one', () => {
    const source = parsed(`
      const NONE = 'has no samples'
      function unfit(rate: number): string | null {
        if (rate < 0) return 'has a rate below zero'
        return rate === 100 ? null : \`has \${rate} frames a second\`
      }
      const frames = (each: Entry): Frames | string => each.frames ?? 'holds no frames'
      function unrelated(): string { return 'is of no interest' }
      const placeOf = (each: Entry): string => \`row \${each.row} (\${each.label || 'no label'})\`
      const width = each.width === 13 ? null : 'has another width'
      entries.push({ reason: each.empty ? NONE : width ?? unfit(each.rate), where: placeOf(each) })
      rows.refuse('is too long')
      this.fault ??= 'ends too early'
      throw new KalamosError('invalid-input', 'the batch is empty')
      throw damaged(path, 'its heading breaks off')
      const query = { where: 'r.label = ?' }`)
    expect(phrases(source).sort()).toEqual(
      [
        'has no samples',
        'has a rate below zero',
        'has {0} frames a second',
        'holds no frames',
        'has another width',
        'row {0} ({1})',
        'no label',
        'is too long',
        'ends too early',
        'the batch is empty',
        'its heading breaks off',
      ].sort(),
    )
  })

  it('is translated nowhere that it is not said any more', () => {
    const known = new Set(literals.map(({ text }) => text))
    const possible = shapes()
    const ofLibraries = /^The connection to Kalamos/
    const stale = Object.keys(sentences).filter(
      (key) => !known.has(key) && !ofLibraries.test(key) && !possible.some((shape) => shape.test(key)),
    )
    expect(stale).toEqual([])
  })

  it('keeps in German what varies', () => {
    expect(Object.entries(sentences).filter(([said, into]) => places(said).join() !== places(into).join())).toEqual([])
  })

  it('is told in the language spoken now', () => {
    expect(hostMessage('There is no recording 7.')).toBe('There is no recording 7.')
    spoken.choice = 'de'
    expect(hostMessage('There is no recording 7.')).toBe('Es gibt keine Aufnahme 7.')
  })

  it('is translated inside of what carries it: lists, reasons, sentences one after the other', () => {
    spoken.choice = 'de'
    expect(hostMessage('None of the 4 selected recordings can be trained on: 3 no label; 1 no samples.')).toBe(
      'Mit keiner der 4 gewählten Aufnahmen lässt sich trainieren: 3 ohne Label; 1 ohne Messwerte.',
    )
    expect(hostMessage('writers.create: name: must not be empty')).toBe('writers.create: name: darf nicht leer sein')
  })

  it('is told in German where something is left out or refused', () => {
    spoken.choice = 'de'
    expect(hostMessage('recording 96 (w01, no label)')).toBe('Aufnahme 96 (w01, ohne Label)')
    expect(hostMessage('has no mag_x, mag_y, which a DigiPen has')).toBe('hat kein mag_x, mag_y, das ein DigiPen hat')
    expect(hostMessage('labels.csv row 6 (Haus)')).toBe('labels.csv Zeile 6 (Haus)')
    expect(hostMessage('sensor_data.csv line 7 does not hold 15 numbers')).toBe(
      'sensor_data.csv Zeile 7 enthält nicht 15 Zahlen',
    )
    expect(hostMessage('stream Pen, marker "whole"')).toBe('Strom Pen, Marke "whole"')
  })

  it('stays as it is where nobody knows it', () => {
    spoken.choice = 'de'
    expect(hostMessage('ENOSPC')).toBe('ENOSPC')
    expect(hostMessage('There is already a writer called end.')).toBe('Einen Schreiber namens end gibt es schon.')
  })

  it('turns several sentences each by itself, rather than one of them with the others in it', () => {
    const turn = translator({
      'Install {0}.': '{0} installieren.',
      'Install {0} ({1}).': '{0} installieren ({1}).',
      'It goes without.': 'Es geht ohne.',
    })
    expect(turn('Install lib.so.1 (Debian: libx). It goes without.')).toBe(
      'lib.so.1 installieren (Debian: libx). Es geht ohne.',
    )
  })

  it('takes of several sentences the one that says most itself', () => {
    const turn = translator({ '{0} of {1}.': '{0} von {1}.', 'None of {0}.': 'Keines von {0}.' })
    expect(turn('None of these.')).toBe('Keines von these.')
  })
})
