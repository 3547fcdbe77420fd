import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const page = (name: string): string => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8')

/** What the page of experiments, which is written by the command, tells of a variant. */
const GOAL =
  /^- (?<words>\d+) words of a virtual writer, (?<variant>[^:]+): CER \S+ % to (?<cer>\S+ %) \((?<relative>\S+ %) of it; (?<points>[^)]+\)) points\);.* left-handed writers \S+ % to (?<left>\S+ %) \(\S+ %\); worse for (?<worse>\d+) of 20; others (?<others>[^)]+\)) points\.$/

test('the page of adaptation tells the figures of the study as the page of experiments has them', () => {
  const goals = page('experiments.md')
    .split('\n')
    .flatMap((line) => {
      const groups = GOAL.exec(line)?.groups
      return groups ? [groups] : []
    })
  expect(goals.filter(({ words }) => words === '20').length).toBeGreaterThanOrEqual(8)
  const told = page('adaptation.md')
  for (const { words, variant, cer, relative, points, left, worse, others } of goals) {
    expect(told).toContain(
      (
        `| ${words}${words === '20' ? '' : ' words'}, \`${variant}\` | ${cer} | ${relative} | ${points} | ${left} ` +
        `| ${worse} | ${others} |`
      ).replace(/^\| 20, /, '| '),
    )
  }
})
