/** Who is deleted, and a value that only their samples have. */
export const ERASED = 'goes'
export const MARK = Math.fround(1234.567)
