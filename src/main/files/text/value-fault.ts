import type * as v from 'valibot'

/** What is wrong with a value that a person wrote, in words for that person: a validation library speaks to programmers. */
export function faultOf(issue: v.BaseIssue<unknown>): string {
  if (issue.kind === 'validation') return issue.message.startsWith('Invalid') ? bound(issue) : issue.message
  if (issue.input === undefined && issue.path !== undefined) return 'is missing'
  const [expected, received] = [issue.expected ?? 'something else', issue.received]
  return `must be ${expected
    .replaceAll('"', '“')
    .replace(/“([^“|]*)“/g, '“$1”')
    .replaceAll(' | ', ' or ')}, not ${received.replace(/^"(.*)"$/s, '“$1”')}`
}

/** What a value has to be that is of the right kind, and out of bounds. */
function bound(issue: v.BaseIssue<unknown>): string {
  const limit = String(issue.requirement)
  const ofTexts = typeof issue.input === 'string'
  switch (issue.type) {
    case 'integer':
      return 'must be a whole number'
    case 'finite':
      return 'must be a finite number'
    case 'min_value':
      return `must be at least ${limit}`
    case 'max_value':
      return `must be at most ${limit}`
    case 'min_length':
      return ofTexts ? `must have at least ${limit} characters` : `must have at least ${limit} values`
    case 'max_length':
      return ofTexts ? `must have at most ${limit} characters` : `must have at most ${limit} values`
    default:
      return issue.message
  }
}
