import * as v from 'valibot'

/**
 * Of a writer, a session or a recording: what of it a simulation made. `virtual`: no sensor measured the signal.
 * `reenacted`: the simulated pen follows the path of a real person's pen; never without `virtual`, so that whoever does
 * not know of it takes such a recording for a simulation and never for a real one.
 */
export const Simulated = { virtual: v.boolean(), reenacted: v.exactOptional(v.boolean()) }

/**
 * The same of many recordings. `virtual`: sensors measured some of them not. `reenacted`: some or all of those follow
 * the path of a real person's pen; absent where none does.
 */
export const SimulatedAmong = { virtual: v.boolean(), reenacted: v.exactOptional(v.picklist(['some', 'all'])) }
export interface SimulatedAmong {
  virtual: boolean
  reenacted?: 'some' | 'all'
}

/** Of one or of many: enough to name it. */
export interface SimulatedPart {
  virtual: boolean
  reenacted?: boolean | 'some' | 'all' | undefined
}

/** What simulations made of several parts together. */
export function simulatedAmong(parts: Iterable<SimulatedPart>): SimulatedAmong {
  let [drawn, followed] = [false, false]
  for (const part of parts) {
    drawn ||= isDrawn(part)
    followed ||= isReenacted(part)
  }
  return { virtual: drawn || followed, ...(followed ? { reenacted: drawn ? 'some' : 'all' } : {}) }
}

/** What a recording is called by everywhere. */
export function kindOf({ virtual, reenacted }: SimulatedPart): 'real' | 're-enacted' | 'virtual' {
  return reenacted === true ? 're-enacted' : virtual ? 'virtual' : 'real'
}

/** Whether a person's pen path is behind some of it. */
export function isReenacted({ reenacted }: SimulatedPart): boolean {
  return reenacted !== undefined && reenacted !== false
}

/** Whether some of it is virtual in the narrow sense: nobody moved a pen like this. */
export function isDrawn({ virtual, reenacted }: SimulatedPart): boolean {
  return virtual && reenacted !== true && reenacted !== 'all'
}
