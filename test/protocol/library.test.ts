import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ProtocolLibrary } from '../../src/main/protocol/index.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'
import { inEnglish } from '../../src/shared/messages/index.ts'

const SOURCE = 'id: own\nname: Own words\nblocks:\n  - name: Words\n    prompts: { inline: [Haus, Maus] }\n'

describe('the protocols of a database', () => {
  it('begin with those that come with the app', () => {
    const library = new ProtocolLibrary(newStore())
    expect(library.list().every(({ builtIn, version }) => builtIn && version === 0)).toBe(true)
  })

  it('ask for consent in sentences that no line end cuts in two', () => {
    for (const { id, protocol } of new ProtocolLibrary(newStore()).list()) {
      for (const paragraph of protocol.consent!.text.trim().split('\n')) expect(paragraph, id).toMatch(/^\p{Lu}.*\.$/u)
    }
  })

  it('get a new version with each change, and none without', () => {
    const library = new ProtocolLibrary(newStore())
    expect(library.save(SOURCE)).toMatchObject({ id: 'own', version: 1, name: 'Own words', builtIn: false })
    expect(library.save(SOURCE).version).toBe(1)
    expect(library.save(SOURCE.replace('Maus', 'Laus'), { of: 'own' }).version).toBe(2)
    expect(library.get('own', 1).protocol.blocks[0]!.prompts.inline).toEqual(['Haus', 'Maus'])
    expect(library.get('own').protocol.blocks[0]!.prompts.inline).toEqual(['Haus', 'Laus'])
  })

  it('keep one that comes with the app as it is recorded with', () => {
    const store = newStore()
    const library = new ProtocolLibrary(store)
    expect(library.pin('case-pairs').version).toBe(1)
    expect(library.pin('case-pairs').version).toBe(1)
    expect(library.get('case-pairs')).toMatchObject({ version: 1, builtIn: true })
  })

  it('let a changed one go back to how it came, and a removed one be known to its recordings', () => {
    const library = new ProtocolLibrary(newStore())
    library.save(SOURCE.replace('id: own', 'id: case-pairs'), { of: 'case-pairs' })
    expect(library.get('case-pairs')).toMatchObject({ name: 'Own words', builtIn: false })
    library.remove('case-pairs')
    expect(library.get('case-pairs')).toMatchObject({ name: 'Case pairs', builtIn: true })
    expect(library.get('case-pairs', 1).name).toBe('Own words')
    expect(() => library.remove('case-pairs')).toThrow(expect.objectContaining({ code: 'conflict' }))
  })

  it('save nothing of a text with a fault', () => {
    const store = newStore()
    expect(() => new ProtocolLibrary(store).save(`${SOURCE}colour: red\n`)).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        message: expect.stringContaining('line 6: unknown key “colour”'),
      }),
    )
    expect(store.protocols.newest()).toEqual([])
  })

  it('never take the id of another, now or of old', () => {
    const library = new ProtocolLibrary(newStore())
    library.save(SOURCE)
    const other = SOURCE.replace('Own words', 'Words of somebody else')
    const told = expect.objectContaining({ code: 'conflict', message: 'The id “own” belongs to “Own words”.' })
    expect(() => library.save(other)).toThrow(told)
    expect(() => library.save(other, { of: 'case-pairs' })).toThrow(told)
    expect(() => library.save(other.replace('id: own', 'id: case-pairs'))).toThrow(
      expect.objectContaining({ code: 'conflict' }),
    )
    expect(inEnglish(library.check(other, null))).toMatchObject({
      protocol: { id: 'own' },
      faults: [{ line: 1, path: ['id'], what: '“own” belongs to “Own words”' }],
    })
    expect(library.check(other, 'own').faults).toEqual([])
    expect(library.save(SOURCE)).toMatchObject({ version: 1, name: 'Own words' })
    library.remove('own')
    expect(() => library.save(other)).toThrow(
      expect.objectContaining({
        message: 'The id “own” belonged to “Own words”, which was removed and can be restored.',
      }),
    )
  })

  it('take a file for the next version where id and name agree, or where it is asked for', () => {
    const library = new ProtocolLibrary(newStore())
    library.save(SOURCE)
    const path = join(temporaryFolder(), 'own.yaml')
    writeFileSync(path, SOURCE.replace('Maus', 'Laus'))
    expect(library.import(path).version).toBe(2)
    writeFileSync(path, SOURCE.replace('Own words', 'Words of somebody else'))
    expect(() => library.import(path)).toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(library.get('own')).toMatchObject({ version: 2, name: 'Own words' })
    expect(library.import(path, { nextVersion: true })).toMatchObject({ version: 3, name: 'Words of somebody else' })
  })

  it('keep every version, and make an old one the newest', () => {
    const library = new ProtocolLibrary(newStore())
    library.save(SOURCE)
    library.save(SOURCE.replace('Maus', 'Laus'), { of: 'own' })
    expect(library.versions('own').map(({ version, sessions }) => [version, sessions])).toEqual([
      [2, 0],
      [1, 0],
    ])
    expect(library.restore('own', 1)).toMatchObject({ version: 3, source: SOURCE })
    library.remove('own')
    expect(library.removed().map(({ id, version }) => [id, version])).toEqual([['own', 3]])
    expect(library.restore('own', 3)).toMatchObject({ version: 3, name: 'Own words' })
    expect(library.removed()).toEqual([])
    expect(() => library.versions('attic')).toThrow(expect.objectContaining({ code: 'not-found' }))
  })

  it('keep how one came with the app beside what was made of it', () => {
    const library = new ProtocolLibrary(newStore())
    library.save(library.get('case-pairs').source.replace('name: Case pairs', 'name: Pairs of ours'), {
      of: 'case-pairs',
    })
    expect(library.versions('case-pairs').map(({ version, builtIn }) => [version, builtIn])).toEqual([
      [1, false],
      [0, true],
    ])
    expect(library.restore('case-pairs', 0)).toMatchObject({ version: 2, name: 'Case pairs', builtIn: true })
  })

  it('say before they are saved that the files they name will not be read', () => {
    const library = new ProtocolLibrary(newStore())
    const { faults } = library.check(SOURCE.replace('inline: [Haus, Maus]', 'file: words.txt'), null)
    expect(faults).toEqual([expect.objectContaining({ line: 5, path: ['blocks', 0, 'prompts'] })])
  })

  it('take the prompts of files into themselves when they are imported', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'lists'))
    writeFileSync(join(folder, 'lists', 'words.txt'), '# two words\nHaus\nMaus\n')
    const path = join(folder, 'own.yaml')
    writeFileSync(path, SOURCE.replace('inline: [Haus, Maus]', 'file: lists/words.txt'))
    const library = new ProtocolLibrary(newStore())
    expect(library.import(path).protocol.blocks[0]!.prompts).toEqual({ inline: ['Haus', 'Maus'] })
    writeFileSync(join(folder, 'lists', 'words.txt'), 'Laus\n')
    expect(library.get('own').protocol.blocks[0]!.prompts).toEqual({ inline: ['Haus', 'Maus'] })
    const edited = library.save(library.get('own').source.replace('Own words', 'Other words'), { of: 'own' })
    expect(edited).toMatchObject({
      version: 2,
      name: 'Other words',
      protocol: { blocks: [{ prompts: { inline: ['Haus', 'Maus'] } }] },
    })
  })

  it.each([
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ])('are read in %s with the files that they name, lines ending as they like', (_, encoded) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'words.txt'), encoded('fu\u0308r\rStraße\r'))
    writeFileSync(
      join(folder, 'own.yaml'),
      encoded(SOURCE.replace('inline: [Haus, Maus]', 'file: words.txt').replaceAll('\n', '\r\n')),
    )
    expect(new ProtocolLibrary(newStore()).import(join(folder, 'own.yaml')).protocol.blocks[0]!.prompts).toEqual({
      inline: ['für', 'Straße'],
    })
  })

  it('say what they and their files would say in Windows-1252, and are read so when somebody says it', () => {
    const folder = temporaryFolder()
    const path = join(folder, 'own.yaml')
    writeFileSync(path, SOURCE.replace('inline: [Haus, Maus]', 'file: words.txt'))
    writeFileSync(join(folder, 'words.txt'), Buffer.from('für\r\nStraße\r\n', 'latin1'))
    const library = new ProtocolLibrary(newStore())
    expect(() => library.import(path)).toThrow(
      expect.objectContaining({
        code: 'not-utf8',
        message: expect.stringContaining(
          'words.txt, named by blocks 1 (Words), is not in UTF-8. Read as Windows-1252 it says “für”, “Straße”',
        ),
      }),
    )
    expect(library.import(path, { encoding: 'windows-1252' }).protocol.blocks[0]!.prompts).toEqual({
      inline: ['für', 'Straße'],
    })
  })

  it.each([
    [
      'a file that is not there',
      'file: attic.txt',
      'not-found',
      'attic.txt, named by blocks 1 (Words), cannot be read',
    ],
    ['a list that is not there', 'list: attic', 'invalid-input', 'blocks 1, prompts: there is no list “attic”'],
  ])('refuse %s', (_, source, code, message) => {
    const path = join(temporaryFolder(), 'own.yaml')
    writeFileSync(path, SOURCE.replace('inline: [Haus, Maus]', source))
    expect(() => new ProtocolLibrary(newStore()).import(path)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    )
  })
})
