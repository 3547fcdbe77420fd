import * as v from 'valibot'

/** What the validation library calls kinds of values, in words. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  Array: 'a list',
  Object: 'an object with fields',
  null: 'nothing',
}

/** A value is quoted up to here; it may be as long as a file. */
const QUOTED_MAX = 60

/**
 * What is wrong with a value that a person wrote, in words for that person: a validation library speaks to programmers.
 */
export function faultOf(issue: v.BaseIssue<unknown>): string {
  if (issue.kind === 'validation') return issue.message.startsWith('Invalid') ? bound(issue) : issue.message
  if ((issue.input === undefined || issue.input === null) && issue.path !== undefined) return 'is missing'
  if (issue.expected === 'never') return 'is not known here'
  const received = inWords(issue.received)
  const expected = (issue.expected ?? '').replace(/^\((.*)\)$/s, '$1').split(' | ')
  if (expected.length > 1) return `must be one of ${expected.map(inWords).join(', ')}, not ${received}`
  return `must be ${inWords(expected[0]!)}, not ${received}`
}

/** The same with the place of the value in what was read; `whole` names that where the fault is no single field's. */
export function faultIn(issue: v.BaseIssue<unknown>, whole: string): string {
  return `${v.getDotPath(issue) ?? whole}: ${faultOf(issue)}`
}

function inWords(said: string): string {
  const [, quoted] = /^"(.*)"$/s.exec(said) ?? []
  if (quoted === undefined) return KINDS[said] ?? said
  return `“${quoted.length > QUOTED_MAX ? `${quoted.slice(0, QUOTED_MAX)}…` : quoted}”`
}

/** What a value has to be that is of the right kind, and out of bounds. */
function bound(issue: v.BaseIssue<unknown>): string {
  const limit = String(issue.requirement)
  const ofTexts = typeof issue.input === 'string'
  switch (issue.type) {
    case 'integer':
      return 'must be a whole number'
    case 'safe_integer':
      if (!Number.isInteger(issue.input)) return 'must be a whole number'
      return Number(issue.input) < 0
        ? `must be at least ${Number.MIN_SAFE_INTEGER}`
        : `must be at most ${Number.MAX_SAFE_INTEGER}`
    case 'finite':
      return 'must be a finite number'
    case 'non_empty':
      return 'must not be empty'
    case 'min_value':
      return `must be at least ${limit}`
    case 'max_value':
      return `must be at most ${limit}`
    case 'min_length':
      return ofTexts ? `must have at least ${limit} characters` : `must have at least ${limit} values`
    case 'max_length':
      return ofTexts ? `must have at most ${limit} characters` : `must have at most ${limit} values`
    default:
      return 'does not have the right form'
  }
}
