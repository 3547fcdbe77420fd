import type { NamedRandom } from '../../src/main/random/named.ts'

export type Fate = 'taken' | 'refused'

/** Something of the app that takes what others made. */
export interface Target {
  /** Makes an input in this empty folder, the same for the same numbers. Returns its bytes. */
  make(folder: string, random: NamedRandom): number
  /** Gives the input to the app. Throws where the app did anything but take it or refuse it with a reason. */
  run(folder: string): Promise<Fate> | Fate
  close(): Promise<void> | void
}

/** What a fault is: anything thrown that is not an error for people. */
export class Defect extends Error {}
