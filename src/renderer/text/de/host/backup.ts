import type { Sentences } from '../../sentences.ts'

/** What is said of backups, and of putting one back. */
export const backup: Sentences = {
  'A backup is being made or read already.': 'Gerade wird schon eine Sicherung angelegt oder gelesen.',
  'Wait for it, or cancel it.': 'Warten oder abbrechen.',
  'Kalamos cannot start itself again here.': 'Kalamos kann sich hier nicht selbst neu starten.',
  'End it where it was started, and start it again there.': 'Es dort beenden, wo es gestartet wurde, und dort neu starten.',
  'There is no database {0}.': 'Es gibt keine Datenbank {0}.',
  'Check the path: there is nothing to back up.': 'Den Pfad prüfen: Es gibt nichts zu sichern.',
  '{0} lies in the folder that is to be copied.': '{0} liegt in dem Ordner, der kopiert werden soll.',
  'Name a folder elsewhere, best on another disk.': 'Einen Ordner anderswo nennen, am besten auf einem anderen Datenträger.',
  'The backup in {0} is damaged: {1}.': 'Die Sicherung in {0} ist beschädigt: {1}.',
  '{0} is missing': '{0} fehlt',
  '{0} is not what was written': '{0} ist nicht mehr so, wie es geschrieben wurde',
  'Use another backup, or copy this one again from where it came.': 'Eine andere Sicherung nehmen oder diese noch einmal von dort kopieren, woher sie kam.',
  '{0} is not a backup of Kalamos: {1}.': '{0} ist keine Sicherung von Kalamos: {1}.',
  'it has no table of contents': 'Es fehlt das Inhaltsverzeichnis',
  'its table of contents is damaged': 'Das Inhaltsverzeichnis ist beschädigt',
  'its table of contents is damaged, or of a newer Kalamos': 'Das Inhaltsverzeichnis ist beschädigt oder von einem neueren Kalamos',
  'Name the folder that holds {0}.': 'Den Ordner nennen, in dem {0} liegt.',
  'The backup was cancelled; nothing of it was kept.': 'Die Sicherung wurde abgebrochen; nichts davon blieb.',
  'Restoring was cancelled; nothing was changed.': 'Das Wiederherstellen wurde abgebrochen; nichts wurde verändert.',
  'The thread of the backup ended with code {0}.': 'Der Thread der Sicherung endete mit Code {0}.',
}
