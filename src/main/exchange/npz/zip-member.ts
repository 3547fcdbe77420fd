export interface ZipMember {
  name: string
  /** 0: stored, 8: deflated. */
  method: number
  packed: number
  size: number
  /** Where its bytes begin. Throws `decode-failed` where they do not lie in the file. */
  start: () => Promise<number>
  /** Whether the file breaks off in it; `packed` is what is there of it then. */
  cut: boolean
}
