import { KalamosError } from '../../../shared/errors.ts'
import type { FileBytes } from '../file-bytes.ts'
import { Machine } from './machine.ts'
import { OPERATIONS } from './operations.ts'
import type { PickleValue } from './values.ts'

/** More steps than this are an attack, not data. */
const STEPS_MAX = 50_000_000
const STOP = 0x2e

/**
 * Reads a pickle, protocols 0 to 5, from an offset of a file. A pickle is a program: this interpreter builds lists,
 * tuples, dicts, strings, numbers and numpy arrays, and refuses every other name that the program wants to call. Arrays
 * stay in the file until they are read (`numbersOf`). Throws `invalid-input` naming what was refused, `decode-failed`.
 */
export function readPickle(file: FileBytes, offset = 0): PickleValue {
  return run(new Machine(file, offset), file)
}

/**
 * Reads a list of one that may break off: `broken` is the byte where it does, null where it is whole, and `value` then
 * has the items that are whole. Throws like `readPickle`, also where no item is.
 */
export function readCutPickle(file: FileBytes, offset = 0): { value: PickleValue; broken: number | null } {
  const machine = new Machine(file, offset)
  try {
    return { value: run(machine, file), broken: null }
  } catch (error) {
    const items = error instanceof KalamosError && error.code === 'decode-failed' ? machine.salvaged() : []
    if (items.length === 0) throw error
    return { value: items, broken: machine.at }
  }
}

function run(machine: Machine, file: FileBytes): PickleValue {
  for (let step = 0; step < STEPS_MAX; step++) {
    const code = machine.u8()
    if (code === STOP) return machine.pop()
    const operate = OPERATIONS[code]
    if (operate === undefined) throw machine.damaged()
    operate(machine)
  }
  throw new KalamosError(
    'invalid-input',
    `${file.path} has more than ${STEPS_MAX} steps.`,
    'That is no file of recordings; check where it came from.',
  )
}
