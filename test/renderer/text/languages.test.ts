import ts from 'typescript'
import { afterEach, describe, expect, it } from 'vitest'
import { decimal, percent } from '../../../src/renderer/text/format.ts'
import { t, texts } from '../../../src/renderer/text/index.ts'
import { spoken } from '../../../src/renderer/text/language.svelte.ts'
import { files, parsed, walk } from './sources.ts'

afterEach(() => {
  spoken.choice = 'system'
  spoken.preferred = []
})

/** The leaves of texts by their path. */
function leaves(value: unknown, path = ''): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[path, value]])
  return new Map(
    Object.entries(value).flatMap(([key, below]) => [...leaves(below, path === '' ? key : `${path}.${key}`)]),
  )
}

/** What each text of a language takes that varies and says, by the place of the parameter. */
function said(language: 'en' | 'de'): Map<string, string> {
  const found = new Map<string, string>()
  for (const [path, source] of files(`src/renderer/text/${language}/*.ts`)) {
    const file = parsed(source)
    walk(file, (node) => {
      if (!ts.isPropertyAssignment(node) || !ts.isArrowFunction(node.initializer)) return true
      const { parameters, body } = node.initializer
      const used = parameters.map(({ name }) => {
        let count = 0
        walk(body, (part) => (ts.isIdentifier(part) && part.text === name.getText() && count++, true))
        return count > 0
      })
      found.set(`${path.split('/').at(-1)} ${pathOf(node)}`, used.join())
      return true
    })
  }
  return found
}

function pathOf(node: ts.Node): string {
  const above: string[] = []
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent)
    if (ts.isPropertyAssignment(at)) above.unshift(at.name.getText())
  return above.join('.')
}

describe('the language of the window', () => {
  it('is the first of those the system prefers that it speaks, and English where it speaks none', () => {
    spoken.preferred = ['fr-FR', 'de-AT', 'en']
    expect([spoken.now, spoken.locale]).toEqual(['de', 'de-AT'])
    spoken.preferred = ['fr-FR']
    expect([spoken.now, spoken.locale]).toEqual(['en', 'en'])
  })

  it('changes texts and numbers at once, whatever the system prefers', () => {
    spoken.preferred = ['en-GB']
    expect([t.app.pages.recordings, decimal(1234.5), percent(0.125)]).toEqual(['Recordings', '1,234.5', '12.5 %'])
    spoken.choice = 'de'
    expect([t.app.pages.recordings, decimal(1234.5), percent(0.125)]).toEqual(['Aufnahmen', '1.234,5', '12,5 %'])
  })

  it('has every text in both', () => {
    const [en, de] = [leaves(texts.en), leaves(texts.de)]
    expect([...de.keys()].sort()).toEqual([...en.keys()].sort())
    expect([...de].filter(([, text]) => text === '')).toEqual([])
  })

  it('says in German all that varies in English, and nothing else', () => {
    const [en, de] = [said('en'), said('de')]
    expect(en.size).toBeGreaterThan(50)
    expect(Object.fromEntries([...de].filter(([path, used]) => en.has(path) && en.get(path) !== used))).toEqual({})
  })
})
