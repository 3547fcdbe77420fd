import { existsSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { Finding } from '../../shared/api/system.ts'
import { errorShape, KalamosError } from '../../shared/errors.ts'
import { openStore, type Store } from '../store/index.ts'

/** So many damaged recordings are named; of others it is said how many there are. */
const NAMED = 20
const BREATHE_EVERY = 100

/**
 * Reads a database whole, without changing it: whether SQLite finds its structure sound, and whether each recording's
 * samples are as they were stored. Works beside a program that writes. `told` hears how far it is, from 0 to 1, and may
 * throw `cancelled`, which is passed on.
 */
export async function checkDatabase(path: string, told: (share: number) => void = () => undefined): Promise<Finding[]> {
  if (!existsSync(path)) return []
  let store: Store | undefined
  try {
    store = openStore(path, { readOnly: true })
    return [structureOf(store), await samplesOf(store, told)]
  } catch (error) {
    if (error instanceof KalamosError && error.code === 'cancelled') throw error
    const { message, hint } = errorShape(error)
    return [{ topic: 'database', name: 'check', ok: false, detail: message, hint: hint ?? null }]
  } finally {
    store?.close()
  }
}

function structureOf({ connection }: Store): Finding {
  const found = { topic: 'database', name: 'structure' } as const
  const damage = connection.damage()
  if (damage === null) return { ...found, ok: true, detail: 'sound', hint: null }
  const hint = 'Restore the database from a backup; export from this one what can still be read.'
  return { ...found, ok: false, detail: `damaged: ${damage}`, hint }
}

async function samplesOf({ samples }: Store, told: (share: number) => void): Promise<Finding> {
  const rows = samples.owners()
  const found = { checked: 0, unchecked: 0, damaged: [] as number[] }
  for (const [at, { id, channels }] of rows.entries()) {
    const soundness = samples.soundness(id, channels)
    if (soundness === 'damaged') found.damaged.push(id)
    else found[soundness]++
    if ((at + 1) % BREATHE_EVERY !== 0) continue
    told((at + 1) / rows.length)
    await setImmediate()
  }
  const { checked, unchecked, damaged } = found
  const counts =
    `${checked} recordings as they were stored, ${unchecked} not checked, which ` + 'were stored without a checksum'
  const about = { topic: 'database', name: 'samples' } as const
  if (damaged.length === 0) return { ...about, ok: true, detail: counts, hint: null }
  const names = damaged.slice(0, NAMED).join(', ')
  const detail =
    damaged.length > NAMED
      ? `${counts}, ${damaged.length} damaged: recordings ${names} and more`
      : `${counts}, ${damaged.length} damaged: recordings ${names}`
  return {
    ...about,
    ok: false,
    detail,
    hint:
      'Delete these recordings, or restore the database from a backup. Until then they are left out of training ' +
      'and export.',
  }
}
