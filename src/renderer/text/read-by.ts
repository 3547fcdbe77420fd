import type { ModelChoice } from '../../shared/api/adaptation.ts'
import type { Writer } from '../../shared/api/writers.ts'
import { t } from './index.ts'

/** Which model reads a writer, for a line beside their name. */
export function readBy({ model, version }: ModelChoice): string {
  if (model === null) return t.adapt.readByNone
  return version === null ? t.adapt.readBy(model.name) : t.adapt.readByVersion(version)
}

/** The same in a column of its own. */
export function readerOf(choice: ModelChoice | undefined): string {
  if (choice === undefined) return '–'
  return choice.model === null
    ? t.adapt.noModel
    : choice.version === null
      ? choice.model.name
      : t.adapt.version(choice.version)
}

/** What else is said of a writer in a list, and which model reads them once that is known. */
export function withReader(note: string, choice: ModelChoice | undefined): string {
  return choice === undefined ? note : `${note} · ${readBy(choice)}`
}

/** The names of those whom a model reads. */
export function readersOf(
  modelId: number,
  writers: readonly Pick<Writer, 'id' | 'name'>[],
  choices: Readonly<Partial<Record<number, ModelChoice>>>,
): string[] {
  return writers.filter(({ id }) => choices[id]?.model?.id === modelId).map(({ name }) => name)
}
