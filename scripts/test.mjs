// @ts-check
// npm test: types, lint, unit tests, tests in a real browser; then one line with the sums.
import { fileURLToPath } from 'node:url'
import { projectNode, runNode } from './node.mjs'
import { main, say } from './say.mjs'
import { setUp } from './setup.mjs'

await main(async () => {
  const startedAt = Date.now()
  await setUp()
  // The stages import TypeScript of the project, which this Node may not be able to read.
  if (projectNode() !== process.execPath) return runNode(fileURLToPath(import.meta.url), process.argv.slice(2))
  const { runStages } = await import('./stages.mjs')
  const { failedStages, counts } = await runStages()
  say(`\nThe tests took ${Math.round((Date.now() - startedAt) / 1000)} s.`)
  if (failedStages.length > 0) say(`Not passed: ${failedStages.join(', ')}.`)
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
  return failedStages.length === 0 && counts.failed === 0 ? 0 : 1
})
