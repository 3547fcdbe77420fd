// @ts-check
// The set-up on a bare machine, in its short form.
import { join } from 'node:path'
import { root, runNode } from '../node.mjs'

/** @type {import('../stages.mjs').Stage} */
export const bareMachine = {
  name: 'a bare machine',
  work: (report) => runNode(join(root, 'scripts/check-bare.mjs'), ['--short', '--report', report]),
  count: (counts) => counts,
}
