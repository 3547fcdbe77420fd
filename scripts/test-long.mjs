// @ts-check
// npm run test:long: what takes longer than a person likes to wait for; then one line with the sums.
import { fileURLToPath } from 'node:url'
import { projectNode, runNode } from './node.mjs'
import { main, withoutOptions } from './say.mjs'
import { setUp } from './setup.mjs'

await main(async () => {
  const told = withoutOptions(
    'npm run test:long: the tests that take long: whole trainings, damaged inputs, kills, a bare machine.',
  )
  if (told !== null) return told
  await setUp()
  // The stages import TypeScript of the project, which this Node may not be able to read.
  if (projectNode() !== process.execPath) return runNode(fileURLToPath(import.meta.url), process.argv.slice(2))
  const { runStages } = await import('./stages.mjs')
  const { longTests } = await import('./stages/vitest.mjs')
  const { longBrowserTests } = await import('./stages/browser.mjs')
  const { bareMachine } = await import('./stages/bare.mjs')
  const { fuzz, kills } = await import('./stages/hardening.mjs')
  return runStages('npm run test:long', [longTests, longBrowserTests, fuzz, kills, bareMachine])
})
