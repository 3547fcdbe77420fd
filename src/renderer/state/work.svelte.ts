import { errorShape, type ErrorShape } from '../../shared/errors.ts'

/**
 * Work that a form or a dialog waits for: whether it goes on, and what went wrong, to be shown where it was asked for.
 */
export class Work {
  busy = $state(false)
  problem = $state.raw<ErrorShape | null>(null)

  /** Does the work; its failure becomes the problem. Resolves to whether it went well. */
  async during(work: () => Promise<unknown>): Promise<boolean> {
    this.busy = true
    this.problem = null
    try {
      await work()
      return true
    } catch (error) {
      this.problem = errorShape(error)
      return false
    } finally {
      this.busy = false
    }
  }
}
