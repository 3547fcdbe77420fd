import { symbols } from '../../../shared/text.ts'
import type { ModelSignature, Task } from './types.ts'

/** The classes that a set of labels needs: their letters, or the labels themselves; in code point order. */
export function classesOf(labels: Iterable<string>, task: Task): string[] {
  const all = new Set<string>()
  for (const label of labels)
    for (const item of task === 'ctc' ? symbols(label) : [label.normalize('NFC')]) all.add(item)
  return [...all].sort((a, b) => (a < b ? -1 : 1))
}

/** Outputs of a network for these classes: CTC has a blank as class 0. */
export function outputsOf({ task, classes }: Pick<ModelSignature, 'task' | 'classes'>): number {
  return classes.length + (task === 'ctc' ? 1 : 0)
}

/** The part of a label that is outside the classes, or null where all of it can be said. */
export function foreignTo({ task, classes }: Pick<ModelSignature, 'task' | 'classes'>, label: string): string | null {
  const known = new Set(classes)
  const foreign = partsOf(task, label).filter((part) => !known.has(part))
  return foreign.length === 0 ? null : [...new Set(foreign)].join(task === 'ctc' ? '' : ', ')
}

/** Class indices of a label that is inside the classes. */
export function encode({ task, classes }: Pick<ModelSignature, 'task' | 'classes'>, label: string): number[] {
  const index = new Map(classes.map((name, at) => [name, at + (task === 'ctc' ? 1 : 0)]))
  return partsOf(task, label).map((part) => index.get(part)!)
}

function partsOf(task: Task, label: string): string[] {
  return task === 'ctc' ? symbols(label) : [label.normalize('NFC')]
}
