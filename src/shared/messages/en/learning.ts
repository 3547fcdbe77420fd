/** What is said of training and measuring. */
export const learning = {
  'learning.cancel-first': 'Cancel it first.',
  'learning.resume-begins-anew-without': 'Resume it: it begins anew, without them.',
  'learning.wait-cancel': 'Wait for it, or cancel it.',
  'learning.writer-whom-learned-deleted': 'A writer whom it learned from was deleted.',
} as const
