import type { TensorInfo } from '@tensorflow/tfjs'
import type { LstmAttributes } from '../names.ts'
import type { KernelMemory } from './memory.ts'
import { extents, register, type Inputs } from './register.ts'

/** Registers the LSTM over whole sequences, in one direction or both. */
export function registerLstms(): void {
  register('SequenceLstm', run)
  register('SequenceLstmGrad', gradients)
}

/** y `[batch, time, directions * hidden]`, and for the gradient gates and cells, one direction behind the other. */
function run(memory: KernelMemory, tensors: Inputs, { lengths, reverse }: LstmAttributes): TensorInfo[] {
  const [batch, time, inputs] = extents(tensors['x'])
  const hidden = tensors['recurrent0']!.shape[0]!
  const columns = reverse.length * hidden
  const [y, gates, cells] = memory.outputs(
    [batch, time, columns],
    [reverse.length, batch, time, 4 * hidden],
    [reverse.length, batch, time, hidden],
  )
  const { kernels } = memory
  const bytes = kernels.lstmScratch(batch, inputs, hidden)
  const { address, lists } = memory.scratch(bytes, lengths, byFallingLength(lengths))
  reverse.forEach((backwards, d) => {
    const own = d * batch * time * hidden * 4
    const of = (name: string) => memory.address(tensors[`${name}${d}`])
    const sizes = [batch, time, inputs, hidden, backwards ? 1 : 0, ...lists, memory.address(tensors['x'])] as const
    const [gatesAt, cellsAt, yAt] = memory.addresses(gates, cells, y)
    const outputs = [gatesAt + 4 * own, cellsAt + own, yAt, columns, d * hidden, address] as const
    const input = memory.packed.address(tensors[`input${d}`]!, tensors[`bias${d}`], inputs, 4 * hidden)
    const recurrent = memory.packed.address(tensors[`recurrent${d}`]!, undefined, hidden, 4 * hidden)
    if (input && recurrent) kernels.lstmPacked(...sizes, input, recurrent, ...outputs)
    else kernels.lstm(...sizes, of('input'), of('recurrent'), of('bias'), ...outputs)
  })
  return [y, gates, cells]
}

/** dx, and for each direction dinput, drecurrent, dbias. */
function gradients(memory: KernelMemory, tensors: Inputs, { lengths, reverse }: LstmAttributes): TensorInfo[] {
  const [batch, time, inputs] = extents(tensors['x'])
  const hidden = tensors['recurrent0']!.shape[0]!
  const columns = reverse.length * hidden
  const [dx, dgates] = memory.outputs([batch, time, inputs], [batch, time, 4 * hidden])
  const weights = reverse.map(() => memory.outputs([inputs, 4 * hidden], [hidden, 4 * hidden], [4 * hidden]))
  const { kernels } = memory
  const bytes = kernels.lstmGradScratch(batch, inputs, hidden)
  const { address, lists } = memory.scratch(bytes, lengths, byFallingLength(lengths))
  reverse.forEach((backwards, d) => {
    const own = d * batch * time * hidden * 4
    const of = (name: string) => memory.address(tensors[`${name}${d}`])
    const at = (name: string) => memory.address(tensors[name])
    kernels.lstmGrad(
      ...([batch, time, inputs, hidden, backwards ? 1 : 0, ...lists, at('x')] as const),
      ...([of('input'), of('recurrent'), at('gates') + 4 * own, at('cells') + own] as const),
      ...([at('y'), at('dy'), columns, d * hidden, ...memory.addresses(dgates, dx)] as const),
      d > 0 ? 1 : 0,
      ...memory.addresses(...weights[d]!),
      address,
    )
  })
  memory.dispose(dgates)
  return [dx, ...weights.flat()]
}

function byFallingLength(lengths: Int32Array): Int32Array {
  return Int32Array.from(lengths.keys()).sort((a, b) => lengths[b]! - lengths[a]! || a - b)
}
