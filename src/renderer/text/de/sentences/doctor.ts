import type { Sentences } from '../../sentences.ts'

export const doctor: Sentences = {
  Log: 'Log',
  '{0} cannot be written ({1})': '{0} lässt sich nicht schreiben ({1})',
  check: 'Prüfung',
  structure: 'Aufbau',
  samples: 'Messwerte',
  sound: 'in Ordnung',
  'damaged: {0}': 'beschädigt: {0}',
  'Restore the database from a backup; export from this one what can still be read.':
    'Die Datenbank aus einer Sicherung wiederherstellen; aus dieser exportieren, was noch lesbar ist.',
  '{0} recordings as they were stored, {1} not checked, which were stored without a checksum':
    '{0} Aufnahmen wie gespeichert, {1} ungeprüft, da ohne Prüfsumme gespeichert',
  '{0}, {1} damaged: recordings {2} and more': '{0}, {1} beschädigt: Aufnahmen {2} und weitere',
  '{0}, {1} damaged: recordings {2}': '{0}, {1} beschädigt: Aufnahmen {2}',
  'Delete these recordings, or restore the database from a backup. Until then they are left out of training and export.':
    'Diese Aufnahmen löschen oder die Datenbank aus einer Sicherung wiederherstellen. Bis dahin bleiben sie von ' +
    'Training und Export ausgenommen.',
  'Free some space on that disk.': 'Auf dieser Platte Platz schaffen.',
  'Give yourself write access to {0}.': 'Sich Schreibrecht auf {0} geben.',
  'A browser cannot show the file dialogs of this machine.':
    'Ein Browser kann die Dateidialoge dieses Rechners nicht zeigen.',
  'Type the path, or use "Browse".': 'Den Pfad eingeben oder „Durchsuchen“ verwenden.',
  'A browser cannot show folders of this machine.': 'Ein Browser kann keine Ordner dieses Rechners zeigen.',
  'The database is at {0}.': 'Die Datenbank liegt unter {0}.',
  'The log is at {0}.': 'Das Log liegt unter {0}.',
  'Own WASM kernels': 'Eigene WASM-Kerne',
  'Stock WASM': 'WASM von TensorFlow.js',
  'Plain JavaScript': 'Reines JavaScript',
  'Chromium for the tests': 'Chromium für die Tests',
  'Right to serial ports': 'Recht auf serielle Schnittstellen',
  'Right to HID devices': 'Recht auf HID-Geräte',
  'Serial ports': 'Serielle Schnittstellen',
  'HID devices': 'HID-Geräte',
  'On a machine with an NVIDIA GPU and CUDA 11: "npm run cuda".':
    'Auf einem Rechner mit NVIDIA-GPU und CUDA 11: „npm run cuda“.',
  'It needs a GPU with a Vulkan, Metal or Direct3D 12 driver, and does not work in the Electron window.':
    'Es braucht eine GPU mit einem Treiber für Vulkan, Metal oder Direct3D 12 und geht nicht im Electron-Fenster.',
  'Choose another place with --database <file>.': 'Mit --database <Datei> einen anderen Ort wählen.',
  '"npm test" installs one, or name one with KALAMOS_CHROMIUM=<path>.':
    '„npm test“ installiert eines; sonst mit KALAMOS_CHROMIUM=<Pfad> eines nennen.',
  'A udev rule is missing: put KERNEL=="hidraw*", SUBSYSTEM=="hidraw", TAG+="uaccess" into /etc/udev/rules.d/70-pens.rules, run "sudo udevadm control --reload" and plug the pen in again.':
    'Eine udev-Regel fehlt: KERNEL=="hidraw*", SUBSYSTEM=="hidraw", TAG+="uaccess" in ' +
    '/etc/udev/rules.d/70-pens.rules schreiben, „sudo udevadm control --reload“ ausführen und den Stift neu ' +
    'anstecken.',
  'Join the group "{0}" with "sudo usermod -aG {1} $USER" and log in again.':
    'Mit „sudo usermod -aG {1} $USER“ der Gruppe „{0}“ beitreten und neu anmelden.',
  'Kalamos needs 22.18 or newer; start it with "npm start" or "npm run -s kalamos", which bring their own.':
    'Kalamos braucht 22.18 oder neuer; mit „npm start“ oder „npm run -s kalamos“ starten, die ihr eigenes mitbringen.',
  'Download it with "npx install-electron" where github.com is reached. Until then "npm start" opens the browser.':
    'Mit „npx install-electron“ laden, wo github.com erreichbar ist. Bis dahin öffnet „npm start“ den Browser.',
  'Start Kalamos as an ordinary user.': 'Kalamos als gewöhnlicher Benutzer starten.',
  'open here, {0}': 'hier geöffnet, {0}',
  'closed, {0}': 'geschlossen, {0}',
  'not there yet; it is made at the first start': 'noch nicht da; entsteht beim ersten Start',
  'cannot be made: {0} is not writable by this user':
    'lässt sich nicht anlegen: {0} ist für dieses Konto nicht beschreibbar',
  'none was found': 'keines gefunden',
  'can be listed; none is plugged in': 'lassen sich auflisten; keine ist angesteckt',
  'can be listed; {0} found': 'lassen sich auflisten; {0} gefunden',
  'nothing is plugged in to be denied': 'nichts ist angesteckt, was verweigert werden könnte',
  '{0} may not be opened by this user': '{0} darf dieses Konto nicht öffnen',
  '{0}, running now': '{0}, läuft gerade',
  'its binary is not downloaded': 'das Programm ist nicht heruntergeladen',
  '{0}, but it does not run its sandbox as root': '{0}, aber als root läuft seine Sandbox nicht',
  'exit code {0}': 'Exit-Code {0}',
  'no answer for {0} s': 'keine Antwort seit {0} s',
  'trying it ended the process ({0})': 'der Versuch beendete den Prozess ({0})',
  'Word images': 'Wortbilder',
  'can be drawn': 'lassen sich zeichnen',
  Clock: 'Uhr',
  '{0}, which is before this version of Kalamos was made': '{0}, also bevor diese Fassung von Kalamos entstand',
  '{0}, but the latest session began on {1}': '{0}, die letzte Sitzung begann aber am {1}',
  'Set the clock of this machine: recordings carry its time, and new ones would come before older ones.':
    'Die Uhr dieses Rechners stellen: Aufnahmen tragen ihre Zeit, und neue kämen vor älteren.',
}
