import type { Language } from '../../../shared/api/system.ts'

/** The roles of Electron that the menu uses. */
type Role =
  | 'about'
  | 'services'
  | 'hide'
  | 'hideOthers'
  | 'unhide'
  | 'undo'
  | 'redo'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'selectAll'
  | 'reload'
  | 'toggleDevTools'
  | 'resetZoom'
  | 'zoomIn'
  | 'zoomOut'
  | 'togglefullscreen'
  | 'minimize'
  | 'close'
  | 'quit'

/** What the window says outside of its page. `&` marks the letter that opens a menu. */
export interface MenuText {
  file: string
  edit: string
  go: string
  view: string
  window: string
  showDatabase: string
  /** By their names in the address, in the order of the page. */
  pages: Record<string, string>
  roles: Record<Role, string>
}

export const MENU_TEXTS: Record<Language, MenuText> = {
  en: {
    file: '&File',
    edit: '&Edit',
    go: '&Go',
    view: '&View',
    window: '&Window',
    showDatabase: 'Show Database in Folder',
    pages: {
      devices: 'Devices',
      record: 'Record',
      recordings: 'Recordings',
      train: 'Train',
      recognise: 'Recognise',
      adapt: 'Adapt',
      protocols: 'Protocols',
      settings: 'Settings',
    },
    roles: {
      about: 'About Kalamos',
      services: 'Services',
      hide: 'Hide Kalamos',
      hideOthers: 'Hide Others',
      unhide: 'Show All',
      undo: 'Undo',
      redo: 'Redo',
      cut: 'Cut',
      copy: 'Copy',
      paste: 'Paste',
      selectAll: 'Select All',
      reload: 'Reload',
      toggleDevTools: 'Developer Tools',
      resetZoom: 'Actual Size',
      zoomIn: 'Zoom In',
      zoomOut: 'Zoom Out',
      togglefullscreen: 'Full Screen',
      minimize: 'Minimise',
      close: 'Close Window',
      quit: 'Quit',
    },
  },
  de: {
    file: '&Datei',
    edit: '&Bearbeiten',
    go: '&Gehe zu',
    view: '&Ansicht',
    window: '&Fenster',
    showDatabase: 'Datenbank im Ordner zeigen',
    pages: {
      devices: 'Geräte',
      record: 'Aufnehmen',
      recordings: 'Aufnahmen',
      train: 'Trainieren',
      recognise: 'Erkennen',
      adapt: 'Anpassen',
      protocols: 'Protokolle',
      settings: 'Einstellungen',
    },
    roles: {
      about: 'Über Kalamos',
      services: 'Dienste',
      hide: 'Kalamos ausblenden',
      hideOthers: 'Andere ausblenden',
      unhide: 'Alle einblenden',
      undo: 'Rückgängig',
      redo: 'Wiederholen',
      cut: 'Ausschneiden',
      copy: 'Kopieren',
      paste: 'Einfügen',
      selectAll: 'Alles auswählen',
      reload: 'Neu laden',
      toggleDevTools: 'Entwicklerwerkzeuge',
      resetZoom: 'Originalgröße',
      zoomIn: 'Vergrößern',
      zoomOut: 'Verkleinern',
      togglefullscreen: 'Vollbild',
      minimize: 'Minimieren',
      close: 'Fenster schließen',
      quit: 'Beenden',
    },
  },
}
