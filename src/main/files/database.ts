import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * Where the user's own database is, the same for all three entry points: `$XDG_DATA_HOME/kalamos` (or
 * `~/.local/share/kalamos`), `~/Library/Application Support/kalamos` on macOS, `%APPDATA%\kalamos` on Windows.
 */
export function defaultDatabase(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  return join(userData(platform, environment, home), 'kalamos', 'kalamos.db')
}

function userData(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support')
  if (platform === 'win32') return environment['APPDATA'] || join(home, 'AppData', 'Roaming')
  return environment['XDG_DATA_HOME'] || join(home, '.local', 'share')
}
