import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { KalamosError } from '../../shared/errors.ts'
import type { Model } from '../../shared/api/training.ts'
import type { Connection } from './connection.ts'

interface Row {
  id: number
  name: string
  created_at: number
  card: string
  files: string
}

/** What is told of a model when it is added. `files` are names inside `store.files`, the weights first. */
export type NewModel = Omit<Model, 'id' | 'createdAt'> & { files: string[] }

/** Trained recognisers: their cards here, their weights as files in the folder beside the database. */
export class Models {
  readonly #database: Connection
  readonly #folder: string

  constructor(database: Connection, folder: string) {
    this.#database = database
    this.#folder = folder
  }

  create(model: NewModel): Model {
    const { name, files, ...card } = model
    const { id } = this.#database.run(
      'INSERT INTO models (name, created_at, card, files) VALUES (?, ?, ?, ?)',
      name,
      Date.now(),
      JSON.stringify(card),
      JSON.stringify(files),
    )
    return this.get(id)
  }

  /** Throws `not-found`. */
  get(id: number): Model {
    return asModel(this.#row(id))
  }

  /** Newest first. */
  list(): Model[] {
    return this.#database.all<Row>('SELECT * FROM models ORDER BY id DESC').map(asModel)
  }

  /** Absolute paths of the model's files, the weights first. */
  paths(id: number): string[] {
    return fileNames(this.#row(id)).map((name) => join(this.#folder, name))
  }

  /** The same, as they are called below the store's folder. */
  fileNames(id: number): string[] {
    return fileNames(this.#row(id))
  }

  rename(id: number, name: string): Model {
    this.#row(id)
    this.#database.run('UPDATE models SET name = ? WHERE id = ?', name, id)
    return this.get(id)
  }

  /** Changes what the card says, such as scores measured later. */
  update(id: number, change: Partial<Omit<Model, 'id' | 'createdAt' | 'name'>>): Model {
    const card = { ...(JSON.parse(this.#row(id).card) as object), ...change }
    this.#database.run('UPDATE models SET card = ? WHERE id = ?', JSON.stringify(card), id)
    return this.get(id)
  }

  /** Deletes the model and its files. */
  delete(id: number): void {
    const paths = this.paths(id)
    this.#database.run('DELETE FROM models WHERE id = ?', id)
    for (const path of paths) rmSync(path, { force: true })
  }

  #row(id: number): Row {
    const row = this.#database.get<Row>('SELECT * FROM models WHERE id = ?', id)
    if (row === undefined) throw new KalamosError('not-found', `There is no model ${id}.`)
    return row
  }
}

function asModel(row: Row): Model {
  const card = JSON.parse(row.card) as Omit<Model, 'id' | 'createdAt' | 'name'>
  // Both are error rates of letters and words, which mean nothing for whole labels.
  const figures = card.task === 'classes' ? { lexicon: null, measured: null } : {}
  return { ...card, ...figures, id: row.id, name: row.name, createdAt: row.created_at }
}

function fileNames(row: Row): string[] {
  return JSON.parse(row.files) as string[]
}
