import childProcess from 'node:child_process'
import { existsSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/**
 * The file that is the archive in an installed app; Electron shows it to JavaScript, and to nobody else, as a folder.
 */
const ARCHIVE = /\.asar(?=[/\\])/
/** An absolute path, or the address of one, that leads into it. */
const WITHIN = /^(file:\/\/)?([/\\]|[A-Za-z]:[/\\])[^\n]*\.asar[/\\]/

/**
 * From now on, native code that gets a path inside an archive throws, as it would not find anything there; native
 * libraries load as Electron loads them, from beside the archive; and no process is started that would need Electron to
 * act as Node.
 */
export function guardNativeCalls(): void {
  const load = process.dlopen.bind(process)
  process.dlopen = (module: object, path: string, flags?: number) => {
    const beside = path.replace(ARCHIVE, '.asar.unpacked')
    if (!existsSync(beside)) throw new Error(`the native library ${path} is inside the archive`)
    if (flags === undefined) load(module, beside)
    else load(module, beside, flags)
    guardExports(module as { exports: Record<string, unknown> })
  }
  for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'] as const)
    guardStarting(name)
  syncBuiltinESMExports()
}

function guardStarting(name: 'spawn' | 'spawnSync' | 'exec' | 'execSync' | 'execFile' | 'execFileSync' | 'fork'): void {
  const start = childProcess[name] as (...args: unknown[]) => unknown
  const guarded = (...args: unknown[]): unknown => {
    // The fake's utility processes are Node processes; the app's own would be Electron acting as Node, which is
    // switched off.
    if (name === 'fork' && !JSON.stringify(args).includes('parent-port.ts'))
      throw new Error(`${String(args[0])} was forked: an installed app does not act as Node`)
    if (name !== 'fork') refuseArchive(args.flat(), name)
    return start.apply(childProcess, args)
  }
  Object.assign(childProcess, { [name]: guarded })
}

function guardExports(module: { exports: Record<string, unknown> }): void {
  for (const [name, value] of Object.entries(module.exports)) {
    if (typeof value === 'function') {
      guardMethods(value.prototype as object | undefined, name)
      module.exports[name] = guarded(value as () => unknown, name)
    } else if (typeof value === 'object' && value !== null) {
      guardMethods(value, name)
      guardMethods(Object.getPrototypeOf(value) as object, name)
    }
  }
}

const done = new WeakSet<object>([Object.prototype, Array.prototype, Function.prototype])

function guardMethods(of: object | undefined, name: string): void {
  if (of === undefined || done.has(of)) return
  done.add(of)
  for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(of))) {
    if (key === 'constructor' || typeof property.value !== 'function' || !property.configurable) continue
    Object.defineProperty(of, key, { ...property, value: guarded(property.value as () => unknown, `${name}.${key}`) })
  }
}

function guarded<T extends (...args: never[]) => unknown>(call: T | (() => unknown), name: string): T {
  return new Proxy(call, {
    apply: (target, self, args) => {
      refuseArchive(args, name)
      return Reflect.apply(target, self, args)
    },
    construct: (target, args, as) => {
      refuseArchive(args, name)
      return Reflect.construct(target, args, as) as object
    },
  }) as T
}

function refuseArchive(args: readonly unknown[], name: string): void {
  const path = args.find((arg) => typeof arg === 'string' && WITHIN.test(arg))
  if (path !== undefined) throw new Error(`${name} was given ${String(path)}, which is inside the archive`)
}
