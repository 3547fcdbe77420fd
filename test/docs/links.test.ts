import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const pages = globSync(['*.md', 'docs/**/*.md', '.github/**/*.md'], { cwd: root })

/** A page without its code, in which brackets are not links. */
function prose(page: string): string {
  return readFileSync(join(root, page), 'utf8')
    .replace(/^(`{3,}).*\n[^]*?^\1$/gm, '')
    .replace(/`[^`\n]*`/g, '')
}

/** The anchors of a page as GitHub makes them: headings in lower case, without punctuation, repeated ones numbered. */
function anchors(page: string): Set<string> {
  const counts = new Map<string, number>()
  const text = readFileSync(page, 'utf8').replace(/^(`{3,}).*\n[^]*?^\1$/gm, '')
  return new Set(
    [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => {
      const name = heading!
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-')
      const before = counts.get(name) ?? 0
      counts.set(name, before + 1)
      return before === 0 ? name : `${name}-${before}`
    }),
  )
}

/** What a link of a page points to and cannot be found; empty where it can. Links to the web are not followed. */
function missing(page: string, link: string): string[] {
  if (/^[a-z]+:/.test(link)) return []
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? join(root, page) : resolve(root, dirname(page), path)
  if (!existsSync(target)) return [`${page}: ${link} (no such file)`]
  return anchor === undefined || anchors(target).has(anchor) ? [] : [`${page}: ${link} (no such heading)`]
}

/** What a pattern captures in each page, with the page. */
function found(textOf: (page: string) => string, pattern: RegExp): (readonly [page: string, captured: string])[] {
  return pages.flatMap((page) => [...textOf(page).matchAll(pattern)].map(([, captured]) => [page, captured!] as const))
}

test('every relative link of every page leads to a file, and every anchor to a heading', () => {
  const links = found((page) => prose(page), /\]\(([^()\s]+)\)/g)
  expect(links.length).toBeGreaterThan(30)
  expect(links.flatMap(([page, link]) => missing(page, link))).toEqual([])
})

test('every page of docs is in the list of pages', () => {
  const listed = readFileSync(join(root, 'docs/README.md'), 'utf8')
  const own = pages.filter((page) => /^docs\/[\w-]+\.md$/.test(page) && page !== 'docs/README.md')
  expect(own.filter((page) => !listed.includes(`](${page.slice('docs/'.length)})`))).toEqual([])
})

test('every file and folder of the repository that a page names is there', () => {
  const named = found(
    (page) => readFileSync(join(root, page), 'utf8'),
    /`((?:src|test|scripts|bench|resources|build)\/[\w./-]+)`/g,
  )
  expect(named.length).toBeGreaterThan(50)
  expect(named.filter(([, path]) => !existsSync(join(root, path)))).toEqual([])
})
