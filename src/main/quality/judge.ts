import * as v from 'valibot'
import { Thresholds, type Level, type Reason, type Verdict } from '../../shared/api/quality.ts'
import { say } from '../../shared/messages/index.ts'
import { copyOfTheWordBefore } from './copy.ts'
import { beyond, type Check, type Evidence } from './evidence.ts'
import { fittingLength } from './length.ts'
import { clipping } from './range.ts'
import { jitter, longestGap, lostFrames, wrongRate } from './stream.ts'
import { cutAtAnEnd, tipForce } from './tip.ts'

const doubted: Check = ({ label, doubt }, thresholds) => {
  if (!doubt || label === null) return null
  const level = beyond(doubt.doubt, thresholds.doubt)
  return (
    level && {
      code: 'doubt',
      level,
      message: say('quality.model-reads-instead-doubt', { reads: doubt.reads, label, percent: 100 * doubt.doubt }),
    }
  )
}

const CHECKS: readonly Check[] = [
  lostFrames,
  longestGap,
  clipping,
  wrongRate,
  jitter,
  tipForce,
  cutAtAnEnd,
  fittingLength,
  copyOfTheWordBefore,
  doubted,
]

const SEVERITY: Record<Level, number> = { good: 0, check: 1, redo: 2 }

/** The thresholds of protocols that say nothing about them. */
export const DEFAULT_THRESHOLDS: Thresholds = v.parse(Thresholds, {})

/**
 * Whether a recording can be used, with every reason why not; the worst reason decides. It changes nothing and knows no
 * database.
 */
export function judge(evidence: Evidence, thresholds: Thresholds = DEFAULT_THRESHOLDS): Verdict {
  return verdictOf(
    CHECKS.map((check) => check(evidence, thresholds)).filter((reason): reason is Reason => reason !== null),
  )
}

/** The verdict that reasons make, the worst of them first. */
export function verdictOf(reasons: readonly Reason[]): Verdict {
  const sorted = reasons.toSorted((a, b) => SEVERITY[b.level] - SEVERITY[a.level])
  return { level: sorted[0]?.level ?? 'good', reasons: sorted }
}
