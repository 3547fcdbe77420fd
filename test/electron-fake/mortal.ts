/** Still answered once an Electron object is destroyed: what is not native. */
const OF_JAVASCRIPT: ReadonlySet<PropertyKey> = new Set([
  'isDestroyed',
  'on',
  'once',
  'off',
  'addListener',
  'removeListener',
  'removeAllListeners',
  'emit',
  'listenerCount',
  'constructor',
  'then',
])

/** An object that throws as Electron's do, whatever is asked of it, once it is destroyed. */
export function mortal<T extends { isDestroyed(): boolean }>(target: T): T {
  return new Proxy(target, {
    get(_, key) {
      if (target.isDestroyed() && typeof key === 'string' && !OF_JAVASCRIPT.has(key))
        throw new TypeError('Object has been destroyed')
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' && key !== 'constructor' ? (value.bind(target) as unknown) : value
    },
  })
}
