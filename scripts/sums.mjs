// @ts-check
// The last line of .ci/run: what the commands of tests counted together.
import { countsOf, lineOf, sum } from './stages.mjs'

const total = sum(await Promise.all(['npm test', 'npm run test:long'].map(countsOf)))
process.stdout.write(`${lineOf(total)}\n`)
