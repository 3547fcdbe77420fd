import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { KalamosError } from '../../shared/errors.ts'
import { writeWhole } from '../files/whole-file.ts'

/** Of the frozen folds, what names writers. */
const Folds = v.looseObject({ holdout: v.array(v.string()), writers: v.record(v.string(), v.number()) })
type Folds = v.InferOutput<typeof Folds>

/**
 * Who is in the locked holdout: writers that no training may touch. The folds are frozen when data is given away in the
 * layout of REWI, in `folds.json` among the database's files; they name writers, so names that change or go do so there
 * too.
 */
export class Holdout {
  readonly #path: string
  /** What stood in the file when it was read last, and which file that was: each change is a new one. */
  #known: { file: string; writers: ReadonlySet<string> } = { file: '', writers: new Set() }

  constructor(files: string) {
    this.#path = join(files, 'folds.json')
  }

  /**
   * Names of the writers. Throws `decode-failed` where the file is damaged: nobody could say then who must not be
   * trained on.
   */
  writers(): ReadonlySet<string> {
    const found = statSync(this.#path, { throwIfNoEntry: false })
    if (found === undefined) return new Set()
    const file = `${found.ino} ${found.size} ${found.mtimeMs}`
    if (file !== this.#known.file) this.#known = { file, writers: new Set(this.#read()?.holdout) }
    return this.#known.writers
  }

  /** A writer has another name from now on. */
  rename(from: string, to: string): void {
    if (from === to) return
    this.#change((folds) => ({
      ...folds,
      holdout: folds.holdout.map((name) => (name === from ? to : name)),
      writers: mapped(folds.writers, (name) => (name === from ? to : name)),
    }))
  }

  /** A writer is gone. */
  forget(writer: string): void {
    this.#change((folds) => ({
      ...folds,
      holdout: folds.holdout.filter((name) => name !== writer),
      writers: mapped(folds.writers, (name) => (name === writer ? null : name)),
    }))
  }

  #change(change: (folds: Folds) => Folds): void {
    const folds = this.#read()
    if (folds === undefined) return
    writeWhole(this.#path, `${JSON.stringify(change(folds), null, 1)}\n`)
  }

  #read(): Folds | undefined {
    if (statSync(this.#path, { throwIfNoEntry: false }) === undefined) return undefined
    const result = v.safeParse(v.pipe(v.string(), v.parseJson(), Folds), readFileSync(this.#path, 'utf8'))
    if (result.success) return result.output
    throw new KalamosError(
      'decode-failed',
      `${this.#path}, which keeps the frozen folds, is damaged.`,
      'Restore it from a backup; without it, people would move between folds, and some who must not be trained ' +
        'on would be.',
    )
  }
}

function mapped(writers: Folds['writers'], nameOf: (name: string) => string | null): Folds['writers'] {
  return Object.fromEntries(
    Object.entries(writers).flatMap(([name, fold]) => {
      const kept = nameOf(name)
      return kept === null ? [] : [[kept, fold]]
    }),
  )
}
