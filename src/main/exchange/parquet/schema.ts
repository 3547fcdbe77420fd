import type { SchemaElement } from 'hyparquet'

/** A column of a table: plain values, lists of numbers, or what no recording is made of, by its name. */
export interface TableColumn {
  name: string
  kind: 'plain' | 'numbers' | 'texts' | 'nested lists' | 'structures'
  /** Whether numbers need 64 bits. */
  double: boolean
}

/** The columns of a schema, which is a tree written down from its root (parquet-format, Nested Types). */
export function columnsIn(schema: readonly SchemaElement[]): TableColumn[] {
  const columns: TableColumn[] = []
  let at = 1
  const behind = (from: number): number => {
    let next = from + 1
    for (let child = 0; child < (schema[from]?.num_children ?? 0) && next < schema.length; child++) next = behind(next)
    return next
  }
  while (at < schema.length) {
    columns.push(columnAt(schema.slice(at, behind(at))))
    at = behind(at)
  }
  return columns
}

function columnAt(elements: readonly SchemaElement[]): TableColumn {
  const [top, ...inside] = elements
  const { name } = top!
  if (inside.length === 0)
    return { name, kind: top!.repetition_type === 'REPEATED' ? kindOf(top!) : 'plain', double: top!.type !== 'FLOAT' }
  const repeated = inside.filter(({ repetition_type }) => repetition_type === 'REPEATED').length
  const leaves = inside.filter((element) => !element.num_children)
  if (leaves.length !== 1 || repeated === 0) return { name, kind: 'structures', double: false }
  return { name, kind: repeated > 1 ? 'nested lists' : kindOf(leaves[0]!), double: leaves[0]!.type !== 'FLOAT' }
}

function kindOf({ type, converted_type }: SchemaElement): 'numbers' | 'texts' {
  return type === 'BYTE_ARRAY' && converted_type !== 'DECIMAL' ? 'texts' : 'numbers'
}
