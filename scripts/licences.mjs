// @ts-check
// The packages whose code ships with the app, with their licences: for the page that says so, also where node_modules
// is not there to look.
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './node.mjs'

/** @typedef {{ name: string, version: string, licence: string, text: string | null }} Licence */
/** @typedef {{ version: string, license?: string, dev?: boolean, dependencies?: Record<string, string> }} Locked */

/** Runs the app where it is not packaged; Electron brings its own. */
const NODE = /^node_modules\/node-(bin-)?(linux|win|darwin)/
const TEXT = /^(licen[cs]e|copying|notice)/i
const LONGEST_TEXT = 200_000

/** Writes the list to out/licences.json. */
export async function writeLicences() {
  await writeFile(join(root, 'out', 'licences.json'), JSON.stringify(await licences()))
}

/**
 * All packages whose code ships: what the host loads, and what is bundled into the page.
 * @returns {Promise<Licence[]>}
 */
export async function licences() {
  /** @type {Record<string, Locked>} */
  const locked = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')).packages
  const paths = new Set(Object.keys(locked).filter((path) => path !== '' && !locked[path]?.dev && !NODE.test(path)))
  for (const name of await namedByPage()) add(paths, locked, `node_modules/${name}`)
  const found = await Promise.all([...paths].sort().map((path) => licenceOf(path, locked[path])))
  /** @type {Map<string, Licence>} */
  const once = new Map()
  for (const one of found) if (one !== null) once.set(`${one.name} ${one.version}`, one)
  return [...once.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

/**
 * A package and those that it needs.
 * @param {Set<string>} paths
 * @param {Record<string, Locked>} locked
 * @param {string} path
 */
function add(paths, locked, path) {
  const entry = locked[path]
  if (entry === undefined || paths.has(path)) return
  paths.add(path)
  for (const name of Object.keys(entry.dependencies ?? {})) {
    const within = `${path}/node_modules/${name}`
    add(paths, locked, within in locked ? within : `node_modules/${name}`)
  }
}

/** The packages that sources of the page import. @returns {Promise<Set<string>>} */
async function namedByPage() {
  const folder = join(root, 'src/renderer')
  const files = (await readdir(folder, { recursive: true })).filter((name) => /\.(ts|svelte|css)$/.test(name))
  /** @type {Set<string>} */
  const names = new Set()
  for (const file of files) {
    const source = await readFile(join(folder, file), 'utf8')
    for (const [, name] of source.matchAll(/(?:from|import) '((?:@[\w-]+\/)?[\w-]+)[^']*'/g))
      if (name !== undefined) names.add(name)
  }
  return names
}

/**
 * @param {string} path
 * @param {Locked | undefined} entry
 * @returns {Promise<Licence | null>} Null for what is not installed here.
 */
async function licenceOf(path, entry) {
  const folder = join(root, path)
  const names = await readdir(folder).catch(() => null)
  if (names === null || entry === undefined) return null
  const file = names.filter((name) => TEXT.test(name)).sort()[0]
  const text =
    file === undefined ? null : (await readFile(join(folder, file), 'utf8').catch(() => '')).slice(0, LONGEST_TEXT)
  return {
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version: entry.version,
    licence: entry.license ?? '',
    text: text || null,
  }
}
