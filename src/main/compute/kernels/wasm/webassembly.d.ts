/** The part of the WebAssembly interface in use; Node's types leave it to those of the browser. */
declare namespace WebAssembly {
  type Exports = Record<string, unknown>
  interface Module {
    readonly [Symbol.toStringTag]: string
  }
  const Module: new (binary: Uint8Array<ArrayBuffer>) => Module
  class Memory {
    constructor(description: { initial: number; maximum?: number; shared?: boolean })
    readonly buffer: ArrayBuffer | SharedArrayBuffer
    grow(pages: number): number
  }
  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, unknown>>)
    readonly exports: Exports
  }
  function validate(binary: Uint8Array<ArrayBuffer>): boolean
}
