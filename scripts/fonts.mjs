// @ts-check
// npm run fonts: writes down which letters the handwriting fonts have. What it writes is committed.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from './node.mjs'
import { main, say, withoutOptions } from './say.mjs'
import { coveredCodePoints } from './woff2.mjs'

export const TABLE = 'resources/words/letters.json'
const SCOPE = '@fontsource/'

/**
 * The version of each handwriting font that is installed, and the code points that it has glyphs for, as ranges in
 * hexadecimal digits: `20-7e a0`.
 * @returns {Promise<Record<string, { version: string; letters: string }>>}
 */
export async function lettersOfFonts() {
  const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const hands = Object.keys(dependencies)
    .filter((name) => name.startsWith(SCOPE))
    .map((name) => name.slice(SCOPE.length))
  return Object.fromEntries(await Promise.all(hands.map(async (hand) => [hand, await lettersOf(hand)])))
}

/** @param {string} hand */
async function lettersOf(hand) {
  const folder = join(root, 'node_modules', SCOPE, hand)
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const font = await readFile(join(folder, 'files', `${hand}-latin-400-normal.woff2`))
  return { version, letters: rangesOf([...coveredCodePoints(font)].sort((a, b) => a - b)) }
}

/** @param {readonly number[]} points in ascending order */
function rangesOf(points) {
  /** @type {[number, number][]} */
  const ranges = []
  for (const point of points) {
    const range = ranges.at(-1)
    if (range !== undefined && range[1] === point - 1) range[1] = point
    else ranges.push([point, point])
  }
  return ranges
    .map(([first, last]) => (first === last ? [first] : [first, last]).map((point) => point.toString(16)).join('-'))
    .join(' ')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    const told = withoutOptions(
      `npm run fonts: reads which letters the installed handwriting fonts have, and writes ${TABLE} over.`,
    )
    if (told !== null) return told
    const table = `${JSON.stringify(await lettersOfFonts(), null, 1)}\n`
    await writeFile(join(root, TABLE), table)
    say(`${TABLE}: ${(table.length / 1024).toFixed(1)} KiB`)
    return 0
  })
}
