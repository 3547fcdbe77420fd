import type { PageName } from '../../state/route.svelte.ts'
import type { help as en, PageHelp } from '../en/help.ts'

const pages: Record<PageName, PageHelp> = {
  devices: {
    about: 'Hier wird ein Stift verbunden. Alle anderen Seiten verwenden die geöffneten Stifte.',
    steps: [
      'Den Stift anstecken. Er erscheint in der Liste; „Öffnen“ beginnt, ihn zu lesen.',
      'Das Signal ansehen: Es muss sich bewegen, wenn sich der Stift bewegt.',
      'Den Stift einmal kalibrieren, damit seine Werte stimmen. Die App führt hindurch.',
      'Kein Stift zur Hand? Einen virtuellen Stift hinzufügen. Was er schreibt, ist überall als virtuell ' +
        'gekennzeichnet.',
    ],
    hint: 'Die Systemprüfung unten zeigt, was auf diesem Rechner vorhanden ist und was fehlt.',
  },
  record: {
    about: 'Hier schreibt jemand vorgegebene Wörter und wird dabei aufgenommen: eine Sitzung.',
    steps: [
      'Auswählen, wer schreibt, oder eine neue Person unter einem Pseudonym anlegen.',
      'Ein Protokoll oder eine Wortliste auswählen oder eigene Wörter eingeben.',
      'Starten. Das zu schreibende Wort wird groß angezeigt. Nach dem Schreiben den Stift ruhen lassen oder die ' +
        'Leertaste drücken.',
      'Die Qualität jedes Worts wird sofort geprüft. Die Rücktaste verwirft das letzte Wort und gibt es noch ' +
        'einmal vor.',
    ],
    hint:
      'Wer schreibt, kann die Wörter auf einem eigenen Bildschirm sehen. Alles Aufgenommene ist sofort gesichert, ' +
      'auch bei Stromausfall.',
  },
  recordings: {
    about: 'Alles, was aufgenommen oder importiert wurde, zum Durchsehen und Korrigieren.',
    steps: [
      'Die Tabelle nach Schreiber, Label, Qualität, Stift oder Datei filtern.',
      'Ein Klick auf eine Zeile zeigt das Signal. Dort lässt sich das Label ändern, die Aufnahme kürzen, teilen ' +
        'oder ausschließen.',
      'Jede Änderung lässt sich mit Strg+Z rückgängig machen. Die aufgenommenen Messwerte gehen nie verloren.',
      'Dateien anderer importieren oder Aufnahmen für andere Programme exportieren.',
    ],
    hint: 'Die Übersicht zeigt, wie viel es von wem gibt und was noch fehlt.',
  },
  train: {
    about: 'Hier lernt ein Modell aus Aufnahmen mit Label.',
    steps: [
      'Die Aufnahmen auswählen: alle oder die eines Schreibers, eines Stifts, einer Datei.',
      'Die Einstellungen passen für einen ersten Versuch. Rechts steht, womit trainiert würde und was aus ' +
        'welchem Grund ausgelassen wird.',
      'Starten. Unter „Läufe“ ist zu sehen, wie es vorangeht; die Seite darf währenddessen geschlossen werden.',
      'Fertige stehen unter „Modelle“. Ein Modell mit Aufnahmen auswerten, mit denen es nicht trainiert wurde.',
    ],
    hint: 'CER ist der Anteil der falsch gelesenen Buchstaben: weniger ist besser.',
  },
  recognise: {
    about: 'Schreiben und sehen, was das Modell liest.',
    steps: [
      'Stift, Schreiber und Modell auswählen und das Lesen starten.',
      'Ein Wort schreiben und den Stift ruhen lassen: Das Wort erscheint.',
      'Ein falsches Wort lässt sich korrigieren. Korrekturen werden als Aufnahmen gespeichert, damit ein Modell ' +
        'daraus lernen kann.',
      'Die Einstellungen legen fest, wie Wörter getrennt werden und ob eine Wortliste hilft.',
    ],
  },
  adapt: {
    about: 'Hier wird ein Modell an die Handschrift einer Person angepasst.',
    steps: [
      'Die Person auswählen. Einige Dutzend ihrer Aufnahmen mit Label genügen.',
      'Starten. Das Modell lernt ihre Handschrift, ohne die der anderen zu vergessen.',
      'Vergleichen: Wie gut wurde diese Person vorher gelesen, wie gut jetzt?',
      'Ist es besser geworden, diese Version für die Person verwenden. Zurück geht es jederzeit.',
    ],
  },
  protocols: {
    about: 'Ein Protokoll legt fest, was in einer Sitzung geschrieben wird, damit alle Sitzungen gleich ablaufen.',
    steps: [
      'Ein Protokoll anlegen oder von einem mitgelieferten ausgehen.',
      'Blöcke von Wörtern zusammenstellen, mit Anweisungen, Fragen und Pausen.',
      'Die Vorschau ansehen: Sie zeigt, was die schreibende Person sehen wird.',
      'Es auf der Seite „Aufnehmen“ auswählen.',
    ],
    hint: 'Jede Änderung ergibt eine neue Version. Jede Aufnahme behält die Version, mit der sie entstand.',
  },
  settings: {
    about: 'Wie Kalamos aussieht, wo die Daten liegen und wie sie sicher bleiben.',
    steps: [
      'Sprache und Farben auswählen.',
      'Alles in einen Ordner sichern, am besten auf einem anderen Datenträger. Aufnahmen können währenddessen ' +
        'weitergehen.',
      'Eine Sicherung wiederherstellen: Die jetzigen Daten werden in einen Ordner daneben verschoben.',
      'Das Log zeigt, was geschehen ist; bitte jeder Fehlermeldung beilegen.',
    ],
  },
}

export const help: typeof en = {
  help: {
    open: 'Wozu ist diese Seite da?',
    title: (page: string) => `Hilfe: ${page}`,
    keys: 'öffnet diese Hilfe auf jeder Seite,',
    shortcuts: 'zeigt alle Tasten.',
    pages,
  },
}
