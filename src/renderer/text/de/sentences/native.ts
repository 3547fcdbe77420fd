import type { Sentences } from '../../sentences.ts'

/** Why a library with native code cannot be had, and what goes on without it. */
export const native: Sentences = {
  'The database cannot be used: {0}': 'Die Datenbank ist nicht benutzbar: {0}',
  'Word images cannot be drawn: {0}': 'Wortbilder lassen sich nicht zeichnen: {0}',
  'WebGPU cannot be used: {0}': 'WebGPU ist nicht benutzbar: {0}',
  'HID devices cannot be reached: {0}': 'HID-Geräte sind nicht erreichbar: {0}',
  'Serial ports cannot be reached: {0}': 'Serielle Schnittstellen sind nicht erreichbar: {0}',
  'Install the system library {0}.': 'Die Systembibliothek {0} installieren.',
  'Install the system library {0} (Debian and Ubuntu: sudo apt install {1}).':
    'Die Systembibliothek {0} installieren (Debian und Ubuntu: sudo apt install {1}).',
  'This system is too old for it: it needs Debian 12, Ubuntu 22.04 or newer.':
    'Dieses System ist dafür zu alt: Es braucht Debian 12, Ubuntu 22.04 oder neuer.',
  'Its binary is for another C library than this system has.':
    'Das Programm darin ist für eine andere C-Bibliothek gemacht, als dieses System hat.',
  'Its binary is for another kind of machine.': 'Das Programm darin ist für eine andere Art von Rechner gemacht.',
  'Install Kalamos anew; in a checkout, delete the folder node_modules and start again.':
    'Kalamos neu installieren; in einem Checkout den Ordner node_modules löschen und neu starten.',
  'Recording and reading work without it.': 'Aufnehmen und Lesen gehen ohne sie.',
  'Serial devices work without it.': 'Serielle Geräte gehen ohne sie.',
  'HID devices work without it.': 'HID-Geräte gehen ohne sie.',
  'Everything is computed on the CPU instead.': 'Gerechnet wird stattdessen auf der CPU.',
}
