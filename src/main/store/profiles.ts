import type { DeviceProfile } from '../../shared/api/devices.ts'
import type { Connection } from './connection.ts'

/** The user's device profiles. Those that come with the app are not here, only what overrides them. */
export class Profiles {
  readonly #database: Connection

  constructor(database: Connection) {
    this.#database = database
  }

  list(): DeviceProfile[] {
    return this.#database
      .all<{ profile: string }>('SELECT profile FROM profiles ORDER BY id')
      .map(({ profile }) => JSON.parse(profile) as DeviceProfile)
  }

  get(id: string): DeviceProfile | undefined {
    const row = this.#database.get<{ profile: string }>('SELECT profile FROM profiles WHERE id = ?', id)
    return row === undefined ? undefined : (JSON.parse(row.profile) as DeviceProfile)
  }

  save(profile: DeviceProfile): void {
    this.#database.run(
      'INSERT OR REPLACE INTO profiles (id, profile, changed_at) VALUES (?, ?, ?)',
      profile.id,
      JSON.stringify(profile),
      Date.now(),
    )
  }

  /** Says whether there was one. */
  delete(id: string): boolean {
    return this.#database.run('DELETE FROM profiles WHERE id = ?', id).changes > 0
  }
}
