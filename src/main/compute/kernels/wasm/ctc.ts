import { extents, register } from './register.ts'

/** Registers the CTC loss: losses `[batch]` and, computed along with them, their gradients with respect to the logits. */
export function registerCtc(): void {
  register('SequenceCtc', (memory, { logits }, { lengths, labels, blank }) => {
    const [batch, time, classes] = extents(logits)
    const starts = new Int32Array(batch + 1)
    labels.forEach((label, row) => (starts[row + 1] = starts[row]! + label.length))
    const losses = memory.output([batch])
    const gradients = memory.output([batch, time, classes])
    const longest = Math.max(0, ...labels.map((label) => label.length))
    const { kernels } = memory
    const { address, lists } = memory.scratch(
      kernels.ctcScratch(time, longest),
      lengths,
      Int32Array.from(labels.flat()),
      starts,
    )
    const [lengthsAt, labelsAt, startsAt] = lists as [number, number, number]
    kernels.ctc(
      batch,
      time,
      classes,
      lengthsAt,
      labelsAt,
      startsAt,
      blank,
      memory.address(logits),
      memory.address(losses),
      memory.address(gradients),
      address,
    )
    return [losses, gradients]
  })
}
