import type { backup as english } from '../../../../shared/messages/en/backup.ts'
import type { Translation } from '../../../../shared/messages/render.ts'

/** What is said of backups, and of putting one back. */
export const backup: Translation<typeof english> = {
  'backup.already-running': 'Gerade wird schon eine Sicherung angelegt oder gelesen.',
  'backup.cancelled': 'Die Sicherung wurde abgebrochen; nichts davon blieb.',
  'backup.check-path': 'Den Pfad prüfen: Es gibt nichts zu sichern.',
  'backup.contents-damaged': 'Das Inhaltsverzeichnis ist beschädigt',
  'backup.contents-damaged-or-newer': 'Das Inhaltsverzeichnis ist beschädigt oder von einem neueren Kalamos',
  'backup.damaged': 'Die Sicherung in {folder} ist beschädigt: {why}.',
  'backup.file-changed': '{path} ist nicht mehr so, wie es geschrieben wurde',
  'backup.file-missing': '{path} fehlt',
  'backup.name-folder-elsewhere': 'Einen Ordner anderswo nennen, am besten auf einem anderen Datenträger.',
  'backup.name-its-folder': 'Den Ordner nennen, in dem {manifest} liegt.',
  'backup.name-new-folder': 'Einen Ordner nennen, den es noch nicht gibt.',
  'backup.no-contents': 'Es fehlt das Inhaltsverzeichnis',
  'backup.no-database': 'Es gibt keine Datenbank {database}.',
  'backup.no-restart-here': 'Kalamos kann sich hier nicht selbst neu starten.',
  'backup.not-a-backup': '{folder} ist keine Sicherung von Kalamos: {why}.',
  'backup.place-inside': '{place} liegt in dem Ordner, der kopiert werden soll.',
  'backup.place-taken': '{place} gibt es schon.',
  'backup.restart-there': 'Es dort beenden, wo es gestartet wurde, und dort neu starten.',
  'backup.restore-cancelled': 'Das Wiederherstellen wurde abgebrochen; nichts wurde verändert.',
  'backup.thread-ended': 'Der Thread der Sicherung endete mit Code {code}.',
  'backup.use-another': 'Eine andere Sicherung nehmen oder diese noch einmal von dort kopieren, woher sie kam.',
  'backup.wait-or-cancel': 'Warten oder abbrechen.',
}
