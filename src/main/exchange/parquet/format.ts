import type { FormatCodec } from '../format-codec.ts'
import { hasEnding } from '../places.ts'
import { decodeParquet } from './decode.ts'
import { writeParquet } from './write.ts'

/** Tables for pandas, Polars, DuckDB and Spark. */
export const parquet: FormatCodec = {
  about: {
    name: 'parquet',
    title: 'Parquet',
    about: 'A table with one row a recording; every channel is a column of lists.',
    place: 'file',
    endings: ['.parquet'],
    imports: true,
    exports: true,
    loses: [],
  },
  read: (path, { beforeGroup }) => decodeParquet(path, beforeGroup),
  write: (context) => writeParquet(context),
  looksLike: async (path) => hasEnding(path, parquet.about.endings),
}
