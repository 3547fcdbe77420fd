// @ts-check
// What is found without running the app: types, lint, format, and which room imports which.
import { runTool } from '../node.mjs'
import { say } from '../say.mjs'

/** How many tools run at a time. */
const AT_ONCE = 2

/** Each with what it looks at; the longest first. */
const TOOLS = /** @type {const} */ ([
  ['lint', 'eslint/bin/eslint.js', ['.', '--max-warnings', '0']],
  [
    'format',
    'prettier/bin/prettier.cjs',
    ['--check', '--log-level', 'warn', '--cache', '--cache-location', '.cache/prettier', '.'],
  ],
  [
    'directions',
    'dependency-cruiser/bin/dependency-cruiser.mjs',
    ['--config', '.dependency-cruiser.mjs', '--output-type', 'err', 'src'],
  ],
  ['types of the host', 'typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.node.json']],
  [
    'types of the window',
    'svelte-check/bin/svelte-check',
    ['--tsconfig', 'tsconfig.web.json', '--fail-on-warnings', '--output', 'human'],
  ],
  ['types of the browser tests', 'typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.browser.json']],
])

/** @type {import('../stages.mjs').Stage} */
export const typesAndLint = {
  name: 'types and lint',
  async work() {
    const waiting = [...TOOLS]
    let worst = 0
    const lane = async () => {
      for (let tool = waiting.shift(); tool; tool = waiting.shift()) {
        const [name, path, args] = tool
        let said = ''
        const code = await runTool(path, args, { collect: (text) => (said += text) })
        say(`${name}: ${code === 0 ? 'passed' : 'not passed'}\n${code === 0 ? '' : said}`.trimEnd())
        worst = Math.max(worst, code)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, lane))
    return worst
  },
}
