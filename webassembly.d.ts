/** The part of WebAssembly that we use. Node has it, but TypeScript declares it only for windows. */
declare namespace WebAssembly {
  class Module {
    private readonly brand
    constructor(bytes: ArrayBuffer | ArrayBufferView)
  }
  class Instance {
    readonly exports: Record<string, unknown>
    constructor(module: Module, imports: Record<string, Record<string, unknown>>)
  }
  class Memory {
    readonly buffer: ArrayBuffer
    constructor(size: { initial: number })
  }
  class RuntimeError extends Error {}
  function compile(bytes: ArrayBuffer | ArrayBufferView): Promise<Module>
}
