import type { Sentences } from '../../sentences.ts'

export const pen: Sentences = {
  'No recordings can be played here.': 'Hier lassen sich keine Aufnahmen abspielen.',
  'Choose another device.': 'Ein anderes Gerät wählen.',
  'Serial ports cannot be searched now: too many files are open.':
    'Serielle Schnittstellen lassen sich gerade nicht suchen: Es sind zu viele Dateien offen.',
  'Close windows of Kalamos that nobody needs; the search goes on by itself.':
    'Nicht gebrauchte Fenster von Kalamos schließen; die Suche geht von selbst weiter.',
  'The calibration of {0} has ended: {1}': 'Die Kalibrierung von {0} ist beendet: {1}',
  'the pen was removed.': 'Der Stift wurde entfernt.',
  'the pen was closed.': 'Der Stift wurde geschlossen.',
  'Open the pen, then start the calibration again.': 'Den Stift öffnen und die Kalibrierung neu starten.',
  'the pen no longer sends {0}.': 'Der Stift sendet {0} nicht mehr.',
  'Start the calibration again: it leads through the sensors that the pen has now.':
    'Die Kalibrierung neu starten: Sie führt durch die Sensoren, die der Stift jetzt hat.',
  'simulated, seed {0}': 'simuliert, Nummer {0}',
  'session {0}': 'Sitzung {0}',
  '{0} is written with by hand: only a virtual pen writes what it is told.':
    'Mit {0} schreibt eine Hand: Nur ein virtueller Stift schreibt, was man ihm sagt.',
  '{0} is closed.': '{0} ist geschlossen.',
  'Open it first.': 'Erst öffnen.',
  '{0} is plugged in and cannot be removed here.': '{0} ist angesteckt und lässt sich hier nicht entfernen.',
  'Close it, or unplug it.': 'Schließen oder abziehen.',
  'There is no device {0}.': 'Es gibt kein Gerät {0}.',
  'Search again; a port can also be named by its path, as serial:/dev/ttyACM0.':
    'Erneut suchen; eine Schnittstelle lässt sich auch mit ihrem Pfad nennen, etwa serial:/dev/ttyACM0.',
  '{0} needs a profile: what kind of pen is it?': '{0} braucht ein Profil: Was für ein Stift ist es?',
  'There is no device profile "{0}".': 'Es gibt kein Geräteprofil „{0}“.',
  'Known profiles: {0}.': 'Bekannte Profile: {0}.',
  'Profile "{0}" has the channel {1} twice.': 'Profil „{0}“ hat den Kanal {1} doppelt.',
  'Give each channel a name of its own.': 'Jedem Kanal einen eigenen Namen geben.',
  'Profile "{0}" has a channel with scale 0, which would silence it.':
    'Profil „{0}“ hat einen Kanal mit Faktor 0; er bliebe stumm.',
  'Remove the channel, or give its units per count.':
    'Den Kanal entfernen oder seine Einheiten je Zählschritt angeben.',
  'The codec {0} has no channel {1}.': 'Der Codec {0} hat keinen Kanal {1}.',
  'It has {0}.': 'Vorhanden: {0}.',
  'The device sends no {0}, which the profile "{1}" names.': 'Das Gerät sendet kein {0}, das im Profil „{1}“ steht.',
  'It sends {0}: choose or edit the profile.': 'Es sendet {0}: das Profil wechseln oder bearbeiten.',
  'HID pen': 'HID-Stift',
  'The HID pen {0} is gone.': 'Der HID-Stift {0} ist weg.',
  'Plug it in again; it is opened as soon as it is back.': 'Wieder anstecken; er wird geöffnet, sobald er da ist.',
  '{0} announces no channels: its feature report {1} cannot be read.':
    '{0} nennt keine Kanäle: Sein Feature-Report {1} ist nicht lesbar.',
  'Its firmware must answer as docs/pen-frame.md says.':
    'Seine Firmware muss antworten, wie docs/pen-frame.md es beschreibt.',
  'Add the udev rule KERNEL=="hidraw*", SUBSYSTEM=="hidraw", TAG+="uaccess" in /etc/udev/rules.d/70-pens.rules, run sudo udevadm control --reload, and plug the pen in again. If another program has it open, close that.':
    'Die udev-Regel KERNEL=="hidraw*", SUBSYSTEM=="hidraw", TAG+="uaccess" in /etc/udev/rules.d/70-pens.rules eintragen, sudo udevadm control --reload ausführen und den Stift neu anstecken. Hat ein anderes Programm ihn offen, dieses schließen.',
  'Give this app the right to use input devices in the system settings, or close the program that has it open.':
    'Dieser App in den Systemeinstellungen das Recht auf Eingabegeräte geben oder das Programm schließen, das ihn offen hat.',
  'This account may not open {0}.': 'Dieses Konto darf {0} nicht öffnen.',
  'Serial port': 'Serielle Schnittstelle',
  '{0} is in use by another program.': '{0} wird von einem anderen Programm benutzt.',
  'Close the other program (a serial monitor, a second window of this app) and open the device again.':
    'Das andere Programm schließen (einen seriellen Monitor, ein zweites Fenster dieser App) und das Gerät neu öffnen.',
  'Plug the device in again; it is opened as soon as it is back.':
    'Das Gerät wieder anstecken; es wird geöffnet, sobald es da ist.',
  'Check that this is the port of the pen, then plug it in again.':
    'Prüfen, ob dies die Schnittstelle des Stifts ist, dann neu anstecken.',
  'Give this account the right to use serial ports.': 'Diesem Konto das Recht auf serielle Schnittstellen geben.',
  'Join the group that owns serial ports (sudo usermod -aG dialout $USER; on Arch the group is uucp) and log in again, or add the udev rule SUBSYSTEM=="tty", TAG+="uaccess".':
    'Der Gruppe der seriellen Schnittstellen beitreten (sudo usermod -aG dialout $USER; unter Arch heißt sie uucp) und neu anmelden oder die udev-Regel SUBSYSTEM=="tty", TAG+="uaccess" eintragen.',
  'Stored sessions cannot be played without a database.':
    'Gespeicherte Sitzungen lassen sich ohne Datenbank nicht abspielen.',
  'Play a file instead.': 'Stattdessen eine Datei abspielen.',
  'Replay of {0}': 'Wiedergabe von {0}',
  '{0}, {1}: {2}.': '{0}, {1}: {2}.',
  '{0} holds more than can be played at a time.': '{0} enthält mehr, als sich auf einmal abspielen lässt.',
  'Play a part of it.': 'Einen Teil davon abspielen.',
  'Correct or remove the line; replay needs sensor recordings.':
    'Die Zeile berichtigen oder entfernen; die Wiedergabe braucht Sensoraufnahmen.',
  '{0}: recording {1} has {2}, the first one {3}.': '{0}: Aufnahme {1} hat {2}, die erste {3}.',
  'Play recordings of one kind of device at a time.': 'Aufnahmen einer einzigen Geräteart auf einmal abspielen.',
  '{0} was unplugged.': '{0} wurde abgezogen.',
  'Update this app, or the firmware of the pen.': 'Diese App oder die Firmware des Stifts aktualisieren.',
  '{0} sends {1} messages, but none with samples.': '{0} sendet {1}-Nachrichten, aber keine mit Messwerten.',
  'Wake the pen, or switch its inertial messages on in its own settings.':
    'Den Stift wecken oder in seinen eigenen Einstellungen die Sensornachrichten einschalten.',
  'Switch the pen on, wake it by moving it, or check that its battery is charged; on a serial port also the baud rate of the profile.':
    'Den Stift einschalten, durch Bewegen wecken oder prüfen, ob der Akku geladen ist; an einer seriellen Schnittstelle auch die Baudrate des Profils.',
  '{0} is open, but nothing has come for more than {1} s.': '{0} ist geöffnet, doch seit mehr als {1} s kam nichts.',
  'The profile "{0}" reads {1}, which has no HID reports.': 'Das Profil „{0}“ liest {1}; das hat keine HID-Reports.',
  'Choose a profile with the codec pen-frame.': 'Ein Profil mit dem Codec pen-frame wählen.',
  '{0} bytes, no {1} frame.': '{0} Bytes, kein {1}-Frame.',
  'It sends lines such as “{0}” (fields between commas: {1}); {2} is expected, in g and deg/s, with or without the time in whole milliseconds or microseconds before it. Change the sketch to write that.':
    'Es sendet Zeilen wie „{0}“ (Felder zwischen Kommas: {1}); erwartet wird {2}, in g und Grad/s, mit oder ohne die Zeit in ganzen Milli- oder Mikrosekunden davor. Den Sketch so ändern.',
  'The bytes read as {0}: choose a profile with that codec.':
    'Die Bytes sehen nach {0} aus: ein Profil mit diesem Codec wählen.',
  "Wrong baud rate or another codec?{0} compare the profile with the device's documentation.":
    'Falsche Baudrate oder anderer Codec?{0} Das Profil mit der Dokumentation des Geräts vergleichen.',
  '"{0}" is longer than {1} bytes.': '„{0}“ ist länger als {1} Bytes.',
  'The pen frame has no code for channel {0}.': 'Der Pen-Frame hat keinen Code für den Kanal {0}.',
  'The pen speaks version {0} of the pen frame; this app reads version {1}.':
    'Der Stift spricht Version {0} des Pen-Frames; diese App liest Version {1}.',
  'Open it, then calibrate it.': 'Öffnen, dann kalibrieren.',
  '{0} plays recordings, which are calibrated already.': '{0} spielt Aufnahmen ab; sie sind schon kalibriert.',
  'Calibrate the pen itself.': 'Den Stift selbst kalibrieren.',
  '{0} is being recorded with.': 'Mit {0} wird gerade aufgenommen.',
  'Stop the session, or calibrate where its protocol offers it.':
    'Die Sitzung beenden oder kalibrieren, wo ihr Protokoll es anbietet.',
  '{0} has no sensor that can be calibrated.': '{0} hat keinen Sensor, der sich kalibrieren lässt.',
  'Accelerometer, gyroscope and magnetometer can be.':
    'Beschleunigungssensor, Gyroskop und Magnetometer lassen sich kalibrieren.',
  'The calibration has found nothing yet.': 'Die Kalibrierung hat noch nichts gefunden.',
  'Finish a step first.': 'Erst einen Schritt abschließen.',
  'Start the calibration again.': 'Die Kalibrierung neu beginnen.',
  'No calibration is running.': 'Es läuft keine Kalibrierung.',
  'Start one at the device.': 'Am Gerät eine beginnen.',
  'The accelerometer {0} feels no gravity.': 'Der Beschleunigungssensor {0} spürt keine Schwerkraft.',
  'Compare its channels in the profile with what the pen sends; a sensor that is silent cannot be calibrated.':
    'Seine Kanäle im Profil mit dem vergleichen, was der Stift sendet; ein stummer Sensor lässt sich nicht kalibrieren.',
  'The {0} poses do not tell the biases and scales of the accelerometer {1}.':
    'Die {0} Lagen verraten Nullpunkte und Faktoren des Beschleunigungssensors {1} nicht.',
  'Lay the pen still on six different sides: tip up, tip down, and four times level, a quarter turned each time.':
    'Den Stift auf sechs verschiedenen Seiten stillhalten: Spitze oben, Spitze unten und viermal waagerecht, jeweils um ein Viertel gedreht.',
  'The magnetometer was not turned through enough directions to tell its hard and soft iron.':
    'Das Magnetometer wurde durch zu wenige Richtungen gedreht, um Hart- und Weicheisen zu bestimmen.',
  'Turn the pen slowly about every axis, away from iron, until the bar is full.':
    'Den Stift fern von Eisen langsam um jede Achse drehen, bis der Balken voll ist.',

  'There is no word to write: the text is empty.': 'Es gibt kein Wort zu schreiben: Der Text ist leer.',
  'Give a word of at least one letter.': 'Ein Wort aus mindestens einem Buchstaben angeben.',
  'The word “{0}…” has {1} letters; the virtual pen writes words of up to {2}.':
    'Das Wort „{0}…“ hat {1} Buchstaben; der virtuelle Stift schreibt Wörter bis {2}.',
  'Split it into shorter words.': 'In kürzere Wörter teilen.',
  'The virtual pen has no shape for “{0}” (U+{1}) in “{2}”.':
    'Der virtuelle Stift hat keine Form für „{0}“ (U+{1}) in „{2}“.',
  'It can write {0}.': 'Er kann {0} schreiben.',
  'There is no text to write.': 'Es gibt keinen Text zu schreiben.',
  'A loss of {0} makes no sense.': 'Ein Verlust von {0} ergibt keinen Sinn.',
  'Give a share from 0 to below 1.': 'Einen Anteil von 0 bis unter 1 angeben.',
  'Give at least one word.': 'Mindestens ein Wort angeben.',
  '{0} is not a seed.': '{0} ist kein Startwert.',
  'A seed is a whole number from 0 to 2147483647.': 'Ein Startwert ist eine ganze Zahl von 0 bis 2147483647.',
  '{0} was calibrated before: it is open with the profile “{1}”.':
    '{0} wurde schon kalibriert: geöffnet mit dem Profil „{1}“.',
  'Choose another profile at the device where that is not wanted.':
    'Wo das nicht gewünscht ist, beim Gerät ein anderes Profil wählen.',
  '{0} was calibrated before, but cannot be opened with the profile “{1}”: {2}':
    '{0} wurde schon kalibriert, lässt sich aber nicht mit dem Profil „{1}“ öffnen: {2}',

  '{0} · {1} recordings · {2} times real time': '{0} · {1} Aufnahmen · {2}-fache Echtzeit',
  'Virtual pen of {0}': 'Virtueller Stift von {0}',
  '{0} cannot be listed: {1}': '{0} lassen sich nicht auflisten: {1}',
  '{0} is gone: {1}': '{0} ist weg: {1}',
  '{0} could not be used: {1}': '{0} ließ sich nicht benutzen: {1}',

  'The program udevadm is missing: serial ports are listed by their paths alone, and a pen that comes back on another port is not known again.':
    'Das Programm udevadm fehlt: Serielle Schnittstellen werden nur mit ihren Pfaden aufgelistet, und ein Stift, der an einer anderen Schnittstelle wiederkommt, wird nicht wiedererkannt.',
  'Install it (Debian and Ubuntu: sudo apt install udev). Serial ports can be opened by their paths all the same.':
    'Es installieren (Debian und Ubuntu: sudo apt install udev). Über ihre Pfade lassen sich serielle Schnittstellen trotzdem öffnen.',
}
