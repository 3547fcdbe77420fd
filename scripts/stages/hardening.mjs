// @ts-check
// What others made, damaged, for two minutes; and the app ended in the middle of its work.
import { join } from 'node:path'
import { buildKernels } from '../kernels.mjs'
import { root, runNode } from '../node.mjs'

/** Targets without a fault count as passed. @type {import('../stages.mjs').Stage} */
export const fuzz = {
  name: 'damaged inputs',
  work: (report) => runNode(join(root, 'test/fuzz/run.ts'), ['--minutes', '2', '--report', report]),
  count: (counts) => counts,
}

/** Works without a fault count as passed. @type {import('../stages.mjs').Stage} */
export const kills = {
  name: 'kills',
  async work(report) {
    await buildKernels()
    return runNode(join(root, 'test/kills/run.ts'), ['--kills', '20', '--report', report])
  },
  count: (counts) => counts,
}
