import { extents, register } from './register.ts'

/**
 * Registers the CTC loss: losses `[batch]` and, computed along with them, their gradients with respect to the logits.
 */
export function registerCtc(): void {
  register('SequenceCtc', (memory, { logits }, { lengths, labels, blank }) => {
    const [batch, time, classes] = extents(logits)
    const starts = new Int32Array(batch + 1)
    labels.forEach((label, row) => (starts[row + 1] = starts[row]! + label.length))
    const [losses, gradients] = memory.outputs([batch], [batch, time, classes])
    const longest = Math.max(0, ...labels.map((label) => label.length))
    const bytes = memory.kernels.ctcScratch(time, longest)
    const { address, lists } = memory.scratch(bytes, lengths, Int32Array.from(labels.flat()), starts)
    const tensors = memory.addresses(logits, losses, gradients)
    memory.kernels.ctc(batch, time, classes, ...lists, blank, ...tensors, address)
    return [losses, gradients]
  })
}
