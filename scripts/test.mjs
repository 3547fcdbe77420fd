// @ts-check
// npm test: types and lint, unit tests, tests in a real browser; then one line with the sums.
import { fileURLToPath } from 'node:url'
import { projectNode, runNode } from './node.mjs'
import { main, withoutOptions } from './say.mjs'
import { setUp } from './setup.mjs'

await main(async () => {
  const told = withoutOptions('npm test: types, lint, unit tests, and tests in a real browser.')
  if (told !== null) return told
  await setUp()
  // The stages import TypeScript of the project, which this Node may not be able to read.
  if (projectNode() !== process.execPath) return runNode(fileURLToPath(import.meta.url), process.argv.slice(2))
  const { runStages } = await import('./stages.mjs')
  const { typesAndLint } = await import('./stages/static.mjs')
  const { unitTests } = await import('./stages/vitest.mjs')
  const { browserTests } = await import('./stages/browser.mjs')
  return runStages('npm test', [typesAndLint, unitTests, browserTests])
})
