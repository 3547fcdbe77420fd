import type { pen as english } from '../../../../shared/messages/en/pen.ts'
import type { Translation } from '../../../../shared/messages/render.ts'

/** What is said of pens, their profiles and their calibration. */
export const pen: Translation<typeof english> = {
  'pen.accelerometer-feels-no-gravity': 'Der Beschleunigungssensor {sensor} spürt keine Schwerkraft.',
  'pen.accelerometer-gyroscope-magnetometer':
    'Beschleunigungssensor, Gyroskop und Magnetometer lassen sich kalibrieren.',
  'pen.account-not-open': 'Dieses Konto darf {name} nicht öffnen.',
  'pen.add-udev-rule-kernel':
    'Die udev-Regel KERNEL=="hidraw*", SUBSYSTEM=="hidraw", TAG+="uaccess" in /etc/udev/rules.d/70-pens.rules ' +
    'eintragen, sudo udevadm control --reload ausführen und den Stift neu anstecken. Hat ein anderes Programm ' +
    'ihn offen, dieses schließen.',
  'pen.announces-no-channels-feature':
    '{name} nennt keine Kanäle: Sein Feature-Report {hidHelloReport} ist nicht lesbar.',
  'pen.being-recorded': 'Mit {name} wird gerade aufgenommen.',
  'pen.bytes-no-frame': '{bytes:grouped} Bytes, kein {codec}-Frame.',
  'pen.bytes-read-choose-profile': 'Die Bytes sehen nach {others} aus: ein Profil mit diesem Codec wählen.',
  'pen.calibrate-pen-itself': 'Den Stift selbst kalibrieren.',
  'pen.calibrated-before-but-cannot':
    '{name} wurde schon kalibriert, lässt sich aber nicht mit dem Profil „{name2}“ öffnen: {message}',
  'pen.calibrated-before-open-profile': '{name} wurde schon kalibriert: geöffnet mit dem Profil „{name2}“.',
  'pen.calibration-ended': 'Die Kalibrierung von {deviceName} ist beendet: {message}',
  'pen.calibration-found-nothing-yet': 'Die Kalibrierung hat noch nichts gefunden.',
  'pen.cannot-listed': '{kind} lassen sich nicht auflisten: {said}',
  'pen.check-port-pen-plug': 'Prüfen, ob dies die Schnittstelle des Stifts ist, dann neu anstecken.',
  'pen.choose-another-device': 'Ein anderes Gerät wählen.',
  'pen.choose-another-profile-device': 'Wo das nicht gewünscht ist, beim Gerät ein anderes Profil wählen.',
  'pen.choose-profile-codec-pen': 'Ein Profil mit dem Codec pen-frame wählen.',
  'pen.close-other-program-serial':
    'Das andere Programm schließen (einen seriellen Monitor, ein zweites Fenster dieser App) und das Gerät neu ' +
    'öffnen.',
  'pen.close-unplug': 'Schließen oder abziehen.',
  'pen.close-windows-kalamos-nobody':
    'Nicht gebrauchte Fenster von Kalamos schließen; die Suche geht von selbst weiter.',
  'pen.closed': '{name} ist geschlossen.',
  'pen.codec-no-channel': 'Der Codec {codec} hat keinen Kanal {strange}.',
  'pen.compare-channels-profile-pen':
    'Seine Kanäle im Profil mit dem vergleichen, was der Stift sendet; ein stummer Sensor lässt sich nicht ' +
    'kalibrieren.',
  'pen.correct-remove-line-replay': 'Die Zeile berichtigen oder entfernen; die Wiedergabe braucht Sensoraufnahmen.',
  'pen.device-sends-no-profile': 'Das Gerät sendet kein {missing}, das im Profil „{name}“ steht.',
  'pen.finish-step-first': 'Erst einen Schritt abschließen.',
  'pen.firmware-answer-docs-pen': 'Seine Firmware muss antworten, wie docs/pen-frame.md es beschreibt.',
  'pen.give-account-right-use': 'Diesem Konto das Recht auf serielle Schnittstellen geben.',
  'pen.give-app-right-use':
    'Dieser App in den Systemeinstellungen das Recht auf Eingabegeräte geben oder das Programm schließen, das ' +
    'ihn offen hat.',
  'pen.give-each-channel-name': 'Jedem Kanal einen eigenen Namen geben.',
  'pen.gone': '{name} ist weg: {said}',
  'pen.hid-pen-gone': 'Der HID-Stift {identity} ist weg.',
  'pen.holds-more-played-time': '{path} enthält mehr, als sich auf einmal abspielen lässt.',
  'pen.install-debian-ubuntu-sudo':
    'Es installieren (Debian und Ubuntu: sudo apt install udev). Über ihre Pfade lassen sich serielle ' +
    'Schnittstellen trotzdem öffnen.',
  'pen.it-has': 'Vorhanden: {layers}.',
  'pen.join-group-owns-serial':
    'Der Gruppe der seriellen Schnittstellen beitreten (sudo usermod -aG dialout $USER; unter Arch heißt sie ' +
    'uucp) und neu anmelden oder die udev-Regel SUBSYSTEM=="tty", TAG+="uaccess" eintragen.',
  'pen.known-profiles': 'Bekannte Profile: {profiles}.',
  'pen.lay-pen-still-six':
    'Den Stift auf sechs verschiedenen Seiten stillhalten: Spitze oben, Spitze unten und viermal waagerecht, ' +
    'jeweils um ein Viertel gedreht.',
  'pen.longer-bytes': '„{decode}“ ist länger als {longestText} Bytes.',
  'pen.magnetometer-not-turned-through':
    'Das Magnetometer wurde durch zu wenige Richtungen gedreht, um Hart- und Weicheisen zu bestimmen.',
  'pen.needs-profile-kind-pen': '{detail} braucht ein Profil: Was für ein Stift ist es?',
  'pen.no-calibration-running': 'Es läuft keine Kalibrierung.',
  'pen.no-device': 'Es gibt kein Gerät {id}.',
  'pen.no-device-profile': 'Es gibt kein Geräteprofil „{id}“.',
  'pen.no-recordings-played-here': 'Hier lassen sich keine Aufnahmen abspielen.',
  'pen.no-sensor-calibrated': '{name} hat keinen Sensor, der sich kalibrieren lässt.',
  'pen.not-used': '{path} ließ sich nicht benutzen: {said}',
  'pen.open-but-nothing-come': '{name} ist geöffnet, doch seit mehr als {seconds} s kam nichts.',
  'pen.open-calibrate': 'Öffnen, dann kalibrieren.',
  'pen.open-first': 'Erst öffnen.',
  'pen.open-pen-start-calibration': 'Den Stift öffnen und die Kalibrierung neu starten.',
  'pen.pen-closed': 'Der Stift wurde geschlossen.',
  'pen.pen-frame-no-code': 'Der Pen-Frame hat keinen Code für den Kanal {name}.',
  'pen.pen-no-longer-sends': 'Der Stift sendet {missing} nicht mehr.',
  'pen.pen-removed': 'Der Stift wurde entfernt.',
  'pen.pen-speaks-version-pen':
    'Der Stift spricht Version {version} des Pen-Frames; diese App liest Version {version2}.',
  'pen.play-file-instead': 'Stattdessen eine Datei abspielen.',
  'pen.play-part': 'Einen Teil davon abspielen.',
  'pen.play-recordings-kind-device': 'Aufnahmen einer einzigen Geräteart auf einmal abspielen.',
  'pen.plays-recordings-calibrated-already': '{name} spielt Aufnahmen ab; sie sind schon kalibriert.',
  'pen.plug-again-opened-soon': 'Wieder anstecken; er wird geöffnet, sobald er da ist.',
  'pen.plug-device-again-opened': 'Das Gerät wieder anstecken; es wird geöffnet, sobald es da ist.',
  'pen.plugged-cannot-removed-here': '{name} ist angesteckt und lässt sich hier nicht entfernen.',
  'pen.poses-not-tell-biases':
    'Die {poses} Lagen verraten Nullpunkte und Faktoren des Beschleunigungssensors {sensor} nicht.',
  'pen.profile-channel-scale-0': 'Profil „{name}“ hat einen Kanal mit Faktor 0; er bliebe stumm.',
  'pen.profile-channel-twice': 'Profil „{name}“ hat den Kanal {repeated} doppelt.',
  'pen.profile-reads-no-hid': 'Das Profil „{name}“ liest {codec}; das hat keine HID-Reports.',
  'pen.program-udevadm-missing-serial':
    'Das Programm udevadm fehlt: Serielle Schnittstellen werden nur mit ihren Pfaden aufgelistet, und ein ' +
    'Stift, der an einer anderen Schnittstelle wiederkommt, wird nicht wiedererkannt.',
  'pen.recording-first': '{detail}: Aufnahme {other} hat {kind}, die erste {kind2}.',
  'pen.recordings-times-real-time': '{detail} · {signals} Aufnahmen · {speed}-fache Echtzeit',
  'pen.remove-channel-give-units': 'Den Kanal entfernen oder seine Einheiten je Zählschritt angeben.',
  'pen.search-again-port-also':
    'Erneut suchen; eine Schnittstelle lässt sich auch mit ihrem Pfad nennen, etwa serial:/dev/ttyACM0.',
  'pen.sends-choose-edit-profile': 'Es sendet {columns}: das Profil wechseln oder bearbeiten.',
  'pen.sends-lines-such-fields':
    'Es sendet Zeilen wie „{example}“ (Felder zwischen Kommas: {fields}); erwartet wird {arduinoShape}, in g ' +
    'und Grad/s, mit oder ohne die Zeit in ganzen Milli- oder Mikrosekunden davor. Den Sketch so ändern.',
  'pen.sends-messages-but-none': '{name} sendet {codec}-Nachrichten, aber keine mit Messwerten.',
  'pen.serial-ports-cannot-searched':
    'Serielle Schnittstellen lassen sich gerade nicht suchen: Es sind zu viele Dateien offen.',
  'pen.session': 'Sitzung {sessionId}',
  'pen.simulated-seed': 'simuliert, Nummer {seed}',
  'pen.start-calibration-again': 'Die Kalibrierung neu beginnen.',
  'pen.start-calibration-again-leads':
    'Die Kalibrierung neu starten: Sie führt durch die Sensoren, die der Stift jetzt hat.',
  'pen.start-device': 'Am Gerät eine beginnen.',
  'pen.stop-session-calibrate-protocol': 'Die Sitzung beenden oder kalibrieren, wo ihr Protokoll es anbietet.',
  'pen.stored-sessions-cannot-played': 'Gespeicherte Sitzungen lassen sich ohne Datenbank nicht abspielen.',
  'pen.switch-pen-wake-moving':
    'Den Stift einschalten, durch Bewegen wecken oder prüfen, ob der Akku geladen ist; an einer seriellen ' +
    'Schnittstelle auch die Baudrate des Profils.',
  'pen.text': '{path}, {where}: {reason}.',
  'pen.turn-pen-slowly-about': 'Den Stift fern von Eisen langsam um jede Achse drehen, bis der Balken voll ist.',
  'pen.unplugged': '{name} wurde abgezogen.',
  'pen.update-app-firmware-pen': 'Diese App oder die Firmware des Stifts aktualisieren.',
  'pen.use-another-program': '{path} wird von einem anderen Programm benutzt.',
  'pen.wake-pen-switch-inertial':
    'Den Stift wecken oder in seinen eigenen Einstellungen die Sensornachrichten einschalten.',
  'pen.written-hand-only-virtual':
    'Mit {name} schreibt eine Hand: Nur ein virtueller Stift schreibt, was man ihm sagt.',
  'pen.wrong-codec-or-rate':
    'Falsche Baudrate oder ein anderer Codec? Das Profil mit der Dokumentation des Geräts vergleichen.',
  'pen.wrong-codec-or-rate-at':
    'Falsche Baudrate oder ein anderer Codec? Die Schnittstelle ist mit {baudRate} Baud geöffnet; das Profil ' +
    'mit der Dokumentation des Geräts vergleichen.',
}
