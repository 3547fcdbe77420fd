import { expect, test } from 'vitest'
import { defaultDatabase } from '../../src/main/files/database.ts'

test.runIf(process.platform !== 'win32')('the database is where the system keeps user data', () => {
  expect(defaultDatabase('linux', {}, '/home/ada')).toBe('/home/ada/.local/share/kalamos/kalamos.db')
  expect(defaultDatabase('linux', { XDG_DATA_HOME: '/data' }, '/home/ada')).toBe('/data/kalamos/kalamos.db')
  expect(defaultDatabase('darwin', {}, '/Users/ada')).toBe('/Users/ada/Library/Application Support/kalamos/kalamos.db')
  expect(defaultDatabase('win32', { APPDATA: 'C:/Roaming' }, 'C:/Users/ada')).toBe('C:/Roaming/kalamos/kalamos.db')
})
