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
  const y = memory.output([batch, time, columns])
  const gates = memory.output([reverse.length, batch, time, 4 * hidden])
  const cells = memory.output([reverse.length, batch, time, hidden])
  const { kernels } = memory
  const { address, lists } = memory.scratch(
    kernels.lstmScratch(batch, inputs, hidden),
    lengths,
    byFallingLength(lengths),
  )
  const [lengthsAt, orderAt] = lists as [number, number]
  reverse.forEach((backwards, d) => {
    const own = d * batch * time * hidden * 4
    const of = (name: string) => memory.address(tensors[`${name}${d}`])
    const sizes = [
      batch,
      time,
      inputs,
      hidden,
      backwards ? 1 : 0,
      lengthsAt,
      orderAt,
      memory.address(tensors['x']),
    ] as const
    const outputs = [
      memory.address(gates) + 4 * own,
      memory.address(cells) + own,
      memory.address(y),
      columns,
      d * hidden,
      address,
    ] as const
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
  const dx = memory.output([batch, time, inputs])
  const dgates = memory.output([batch, time, 4 * hidden])
  const weights = reverse.map(
    () =>
      [memory.output([inputs, 4 * hidden]), memory.output([hidden, 4 * hidden]), memory.output([4 * hidden])] as const,
  )
  const { kernels } = memory
  const { address, lists } = memory.scratch(
    kernels.lstmGradScratch(batch, inputs, hidden),
    lengths,
    byFallingLength(lengths),
  )
  const [lengthsAt, orderAt] = lists as [number, number]
  reverse.forEach((backwards, d) => {
    const own = d * batch * time * hidden * 4
    const of = (name: string) => memory.address(tensors[`${name}${d}`])
    const at = (name: string) => memory.address(tensors[name])
    const [dinput, drecurrent, dbias] = weights[d]!.map((tensor) => memory.address(tensor)) as [number, number, number]
    kernels.lstmGrad(
      batch,
      time,
      inputs,
      hidden,
      backwards ? 1 : 0,
      lengthsAt,
      orderAt,
      at('x'),
      of('input'),
      of('recurrent'),
      at('gates') + 4 * own,
      at('cells') + own,
      at('y'),
      at('dy'),
      columns,
      d * hidden,
      memory.address(dgates),
      memory.address(dx),
      d > 0 ? 1 : 0,
      dinput,
      drecurrent,
      dbias,
      address,
    )
  })
  memory.dispose(dgates)
  return [dx, ...weights.flat()]
}

function byFallingLength(lengths: Int32Array): Int32Array {
  return Int32Array.from(lengths.keys()).sort((a, b) => lengths[b]! - lengths[a]! || a - b)
}
