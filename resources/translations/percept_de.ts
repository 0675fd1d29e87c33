<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Ins</source>
        <translation>Einfg</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Pos1</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>PgUp</source>
        <translation>Bild auf</translation>
    </message>
    <message>
        <source>PgDown</source>
        <translation>Bild ab</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Auf</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Ab</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Rücktaste</translation>
    </message>
</context>
<context>
    <name>QWidgetTextControl</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Copy &amp;Link Location</source>
        <translation>&amp;Link-Adresse kopieren</translation>
    </message>
</context>
<context>
    <name>app::desktop</name>
    <message>
        <source>1 PDF</source>
        <translation>1 PDF</translation>
    </message>
    <message>
        <source>%1 PDFs</source>
        <translation>%1 PDFs</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>1 Bild</translation>
    </message>
    <message>
        <source>%1 pictures</source>
        <translation>%1 Bilder</translation>
    </message>
    <message>
        <source>1 recording</source>
        <translation>1 Aufnahme</translation>
    </message>
    <message>
        <source>%1 recordings</source>
        <translation>%1 Aufnahmen</translation>
    </message>
    <message>
        <source>1 video</source>
        <translation>1 Video</translation>
    </message>
    <message>
        <source>%1 videos</source>
        <translation>%1 Videos</translation>
    </message>
    <message>
        <source>1 document</source>
        <translation>1 Dokument</translation>
    </message>
    <message>
        <source>%1 documents</source>
        <translation>%1 Dokumente</translation>
    </message>
    <message>
        <source>Page %1 read by OCR.</source>
        <translation>Seite %1 per OCR gelesen.</translation>
    </message>
    <message>
        <source>%1 pages read by OCR.</source>
        <translation>%1 Seiten per OCR gelesen.</translation>
    </message>
    <message>
        <source>Pages %1 and %2 read by OCR.</source>
        <translation>Seiten %1 und %2 per OCR gelesen.</translation>
    </message>
    <message>
        <source>This password does not open it. Nothing was read yet.</source>
        <translation>Dieses Passwort öffnet die Datei nicht. Noch wurde nichts gelesen.</translation>
    </message>
    <message>
        <source>This PDF is locked with a password. Nothing was read yet.</source>
        <translation>Dieses PDF ist mit einem Passwort gesperrt. Noch wurde nichts gelesen.</translation>
    </message>
    <message>
        <source>no sources</source>
        <translation>keine Quellen</translation>
    </message>
    <message>
        <source>1 source</source>
        <translation>1 Quelle</translation>
    </message>
    <message>
        <source>%1 sources</source>
        <translation>%1 Quellen</translation>
    </message>
    <message>
        <source>a source since removed</source>
        <translation>eine inzwischen entfernte Quelle</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 s to first word · %2 tok/s</source>
        <translation>%1 s bis zum ersten Wort · %2 Tok/s</translation>
    </message>
    <message>
        <source>This answer is not kept: %1</source>
        <translation>Diese Antwort wird nicht aufbewahrt: %1</translation>
    </message>
    <message>
        <source>%1 was moved or deleted. The stored copy is shown.</source>
        <translation>%1 wurde verschoben oder gelöscht. Zu sehen ist die gespeicherte Kopie.</translation>
    </message>
    <message>
        <source>This is version %1 of %2, as it was cited. Version %3 is in this session too.</source>
        <translation>Dies ist Fassung %1 von %2, wie sie zitiert wurde. Auch Fassung %3 ist in dieser Sitzung.</translation>
    </message>
    <message>
        <source>%1 was changed after it was read. The stored copy is shown.</source>
        <translation>%1 wurde nach dem Lesen geändert. Zu sehen ist die gespeicherte Kopie.</translation>
    </message>
    <message>
        <source>Sample session</source>
        <translation>Beispielsitzung</translation>
    </message>
    <message>
        <source>Finds where somebody speaks</source>
        <translation>Findet, wo jemand spricht</translation>
    </message>
    <message>
        <source>Finds places by meaning</source>
        <translation>Findet Stellen nach ihrer Bedeutung</translation>
    </message>
    <message>
        <source>Hears speech</source>
        <translation>Hört Sprache</translation>
    </message>
    <message>
        <source>Writes, does not reason</source>
        <translation>Schreibt, denkt nicht nach</translation>
    </message>
    <message>
        <source>Answers in its own words</source>
        <translation>Antwortet in eigenen Worten</translation>
    </message>
    <message>
        <source>%1 cores</source>
        <translation>%1 Kerne</translation>
    </message>
    <message>
        <source>%1 %2, about %3 of memory, %4</source>
        <translation>%1 %2, etwa %3 Arbeitsspeicher, %4</translation>
    </message>
    <message>
        <source>on disk</source>
        <translation>auf der Festplatte</translation>
    </message>
    <message>
        <source>download</source>
        <translation>zum Herunterladen</translation>
    </message>
    <message>
        <source>Does not fit: needs %1, this computer has %2 memory.</source>
        <translation>Passt nicht: braucht %1, dieser Computer hat %2 Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>Does not fit: needs %1 of disk, %2 are left.</source>
        <translation>Passt nicht: braucht %1 auf der Festplatte, %2 sind frei.</translation>
    </message>
    <message>
        <source>Fits this computer and runs on the processor.</source>
        <translation>Passt auf diesen Computer und läuft auf dem Prozessor.</translation>
    </message>
    <message>
        <source>%1 memory, %2 cores</source>
        <translation>%1 Arbeitsspeicher, %2 Kerne</translation>
    </message>
    <message>
        <source>Little is free now: close other programs, or reading becomes slow.</source>
        <translation>Zurzeit ist wenig frei: andere Programme schließen, sonst wird das Lesen langsamer.</translation>
    </message>
    <message>
        <source>%1 free for the library</source>
        <translation>%1 frei für die Bibliothek</translation>
    </message>
    <message>
        <source>In %1</source>
        <translation>In %1</translation>
    </message>
    <message>
        <source>That is little. Free some space, or change the place.</source>
        <translation>Das ist wenig. Platz schaffen oder den Ort ändern.</translation>
    </message>
    <message>
        <source>Scans cannot be read</source>
        <translation>Gescanntes kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>Reads scans in %1</source>
        <translation>Liest Gescanntes: %1</translation>
    </message>
    <message>
        <source>Install a language: apt install tesseract-ocr-eng</source>
        <translation>Eine Sprache installieren: apt install tesseract-ocr-eng</translation>
    </message>
    <message>
        <source>More languages: Settings, Languages</source>
        <translation>Weitere Sprachen: Optionen, Sprachen</translation>
    </message>
    <message>
        <source>Word and PowerPoint files need LibreOffice</source>
        <translation>Word- und PowerPoint-Dateien brauchen LibreOffice</translation>
    </message>
    <message>
        <source>Install it with: apt install libreoffice-writer libreoffice-impress</source>
        <translation>Installieren mit: apt install libreoffice-writer libreoffice-impress</translation>
    </message>
    <message>
        <source>Arabic</source>
        <translation>Arabisch</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>Chinesisch</translation>
    </message>
    <message>
        <source>Czech</source>
        <translation>Tschechisch</translation>
    </message>
    <message>
        <source>Danish</source>
        <translation>Dänisch</translation>
    </message>
    <message>
        <source>Dutch</source>
        <translation>Niederländisch</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Englisch</translation>
    </message>
    <message>
        <source>Finnish</source>
        <translation>Finnisch</translation>
    </message>
    <message>
        <source>French</source>
        <translation>Französisch</translation>
    </message>
    <message>
        <source>German</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>Griechisch</translation>
    </message>
    <message>
        <source>Hungarian</source>
        <translation>Ungarisch</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>Italienisch</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>Japanisch</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>Koreanisch</translation>
    </message>
    <message>
        <source>Latin</source>
        <translation>Latein</translation>
    </message>
    <message>
        <source>Polish</source>
        <translation>Polnisch</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>Portugiesisch</translation>
    </message>
    <message>
        <source>Romanian</source>
        <translation>Rumänisch</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>Russisch</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>Spanisch</translation>
    </message>
    <message>
        <source>Swedish</source>
        <translation>Schwedisch</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>Türkisch</translation>
    </message>
    <message>
        <source>Ukrainian</source>
        <translation>Ukrainisch</translation>
    </message>
    <message>
        <source>%1, not used</source>
        <translation>%1, nicht genutzt</translation>
    </message>
    <message>
        <source>NVIDIA, without its driver</source>
        <translation>NVIDIA, ohne Treiber</translation>
    </message>
    <message>
        <source>None of NVIDIA</source>
        <translation>Keine von NVIDIA</translation>
    </message>
    <message>
        <source>None was found</source>
        <translation>Keine gefunden</translation>
    </message>
    <message>
        <source>The starter model runs on the processor.</source>
        <translation>Das Startmodell läuft auf dem Prozessor.</translation>
    </message>
    <message>
        <source>Not used by this version: models run on the processor</source>
        <translation>Diese Version nutzt sie nicht: Modelle laufen auf dem Prozessor</translation>
    </message>
    <message>
        <source>A graphics card of NVIDIA, without its driver</source>
        <translation>Eine Grafikkarte von NVIDIA, ohne ihren Treiber</translation>
    </message>
    <message>
        <source>No graphics card of NVIDIA was found</source>
        <translation>Keine Grafikkarte von NVIDIA gefunden</translation>
    </message>
    <message>
        <source>No graphics card was found</source>
        <translation>Keine Grafikkarte gefunden</translation>
    </message>
    <message>
        <source>Enough for the starter model</source>
        <translation>Genug für das Startmodell</translation>
    </message>
    <message>
        <source>Starter model ready</source>
        <translation>Startmodell bereit</translation>
    </message>
    <message>
        <source>Starter model missing</source>
        <translation>Startmodell fehlt</translation>
    </message>
    <message>
        <source>Text and speech. It reads pages by OCR, it has no eyes.</source>
        <translation>Text und Sprache. Es liest Seiten per OCR, Augen hat es nicht.</translation>
    </message>
    <message>
        <source>Documents can be read; speech and meaning need it.</source>
        <translation>Dokumente lassen sich lesen; Sprache und Bedeutung brauchen es.</translation>
    </message>
    <message>
        <source>Not found by the starter&apos;s search (best match %1 of %2 needed). Try other words, or install a full model.</source>
        <translation>Nicht gefunden von der Suche des Startmodells (beste Übereinstimmung %1, nötig sind %2). Andere Wörter versuchen, oder ein großes Modell installieren.</translation>
    </message>
    <message>
        <source>Passages found by word and meaning match. Nothing here is written by a model.</source>
        <translation>Passagen nach Wörtern und Bedeutung gefunden. Nichts davon hat ein Modell geschrieben.</translation>
    </message>
    <message>
        <source>The match is weak (%1; a clear one has %2).</source>
        <translation>Die Übereinstimmung ist schwach (%1; eine klare hat %2).</translation>
    </message>
    <message>
        <source>The sources give different values.</source>
        <translation>Die Quellen nennen verschiedene Werte.</translation>
    </message>
    <message>
        <source>Searched by words only: the model for search by meaning is not installed.</source>
        <translation>Nur nach Wörtern gesucht: das Modell für die Suche nach Bedeutung ist nicht installiert.</translation>
    </message>
    <message>
        <source>Searched by words only: search by meaning understands English.</source>
        <translation>Nur nach Wörtern gesucht: die Suche nach Bedeutung versteht Englisch.</translation>
    </message>
    <message>
        <source>The model found no answer in these passages.</source>
        <translation>Das Modell fand in diesen Passagen keine Antwort.</translation>
    </message>
    <message>
        <source>What the model wrote could not be checked against the sources and is not shown.</source>
        <translation>Was das Modell schrieb, ließ sich an den Quellen nicht prüfen und wird nicht gezeigt.</translation>
    </message>
    <message>
        <source>%1 sentence of the model without support in the sources left out.</source>
        <translation>%1 Satz des Modells ohne Beleg in den Quellen weggelassen.</translation>
    </message>
    <message>
        <source>%1 sentences of the model without support in the sources left out.</source>
        <translation>%1 Sätze des Modells ohne Beleg in den Quellen weggelassen.</translation>
    </message>
    <message>
        <source>%1 could not be read.</source>
        <translation>%1 ließ sich nicht lesen.</translation>
    </message>
    <message>
        <source>%1 was read only in part.</source>
        <translation>%1 wurde nur zum Teil gelesen.</translation>
    </message>
    <message>
        <source>%1 was read only as far as it got before it was stopped.</source>
        <translation>%1 wurde nur so weit gelesen, wie es bis zum Anhalten kam.</translation>
    </message>
    <message>
        <source>%1 is still being read.</source>
        <translation>%1 wird noch gelesen.</translation>
    </message>
    <message>
        <source>%1 is searched partly by words only.</source>
        <translation>%1 wird zum Teil nur nach Wörtern durchsucht.</translation>
    </message>
    <message>
        <source>%1: %2 s to %3 s is missing.</source>
        <translation>%1: %2 s bis %3 s fehlen.</translation>
    </message>
    <message>
        <source>%1: %2 s to %3 s is missing: %4.</source>
        <translation>%1: %2 s bis %3 s fehlen: %4.</translation>
    </message>
    <message>
        <source>Nothing was marked.</source>
        <translation>Nichts wurde markiert.</translation>
    </message>
    <message>
        <source>No date or time was recognised.</source>
        <translation>Kein Datum und keine Zeit wurde erkannt.</translation>
    </message>
    <message>
        <source>No sentence has the clear form of a decision; one said without such words is missed.</source>
        <translation>Kein Satz hat die klare Form eines Beschlusses; einer ohne solche Wörter wird übersehen.</translation>
    </message>
    <message>
        <source>No sentence has the clear form of a to-do; one said without such words is missed.</source>
        <translation>Kein Satz hat die klare Form einer Aufgabe; eine ohne solche Wörter wird übersehen.</translation>
    </message>
    <message>
        <source>No question was heard that is followed by words such as &quot;I don&apos;t know&quot;.</source>
        <translation>Keine Frage wurde gehört, auf die Wörter wie „Ich weiß nicht“ folgen.</translation>
    </message>
    <message>
        <source>Sentences picked by cue words, dates and similarity: %1 of %2 (%3 %). The starter does not understand the meeting; a decision without such words is missed.</source>
        <translation>Sätze nach Signalwörtern, Daten und Ähnlichkeit ausgewählt: %1 von %2 (%3 %). Das Startmodell versteht die Besprechung nicht; ein Beschluss ohne solche Wörter wird übersehen.</translation>
    </message>
    <message>
        <source>Picked without search by meaning: its model is not installed.</source>
        <translation>Ohne Suche nach Bedeutung ausgewählt: ihr Modell ist nicht installiert.</translation>
    </message>
    <message>
        <source>The stored setting for %1 is not understood; %2 is used.</source>
        <translation>Die gespeicherte Einstellung für %1 ist unverständlich; %2 gilt.</translation>
    </message>
    <message>
        <source>The stored settings are not understood; the usual ones are used.</source>
        <translation>Die gespeicherten Einstellungen sind unverständlich; die üblichen gelten.</translation>
    </message>
    <message>
        <source>A server of the settings is not understood and left out: %1.</source>
        <translation>Ein Server der Einstellungen ist unverständlich und bleibt weg: %1.</translation>
    </message>
    <message>
        <source>Page %1 could not be read: %2</source>
        <translation>Seite %1 ließ sich nicht lesen: %2</translation>
    </message>
    <message>
        <source>Page %1 is damaged and could not be read.</source>
        <translation>Seite %1 ist beschädigt und ließ sich nicht lesen.</translation>
    </message>
    <message>
        <source>The pictures are left out: %1</source>
        <translation>Die Bilder bleiben weg: %1</translation>
    </message>
    <message>
        <source>The sound is left out: %1</source>
        <translation>Der Ton bleibt weg: %1</translation>
    </message>
    <message>
        <source>Reading ended early: %1.</source>
        <translation>Das Lesen endete vorzeitig: %1.</translation>
    </message>
    <message>
        <source>%1 damaged pieces of the recording were skipped.</source>
        <translation>%1 beschädigte Stücke der Aufnahme wurden übersprungen.</translation>
    </message>
    <message>
        <source>Text recognition took too long and was ended early.</source>
        <translation>Die Texterkennung dauerte zu lange und wurde vorzeitig beendet.</translation>
    </message>
    <message>
        <source>The file is damaged, probably cut off: the pages that could be found are read, others may be missing.</source>
        <translation>Die Datei ist beschädigt, wahrscheinlich abgeschnitten: gelesen sind die Seiten, die zu finden waren, andere fehlen vielleicht.</translation>
    </message>
    <message>
        <source>The question was stopped.</source>
        <translation>Die Frage wurde angehalten.</translation>
    </message>
    <message>
        <source>The question has no words.</source>
        <translation>Die Frage hat keine Wörter.</translation>
    </message>
    <message>
        <source>Ask with a few words, such as &quot;Who decides?&quot;.</source>
        <translation>Mit ein paar Wörtern fragen, etwa „Wer entscheidet?“.</translation>
    </message>
    <message>
        <source>The summary was stopped.</source>
        <translation>Die Zusammenfassung wurde angehalten.</translation>
    </message>
    <message>
        <source>%1 has more than 200 lines; a template has a few.</source>
        <translation>%1 hat mehr als 200 Zeilen; eine Vorlage hat wenige.</translation>
    </message>
    <message>
        <source>Line %1 of %2 is not &quot;Title: kind&quot;.</source>
        <translation>Zeile %1 von %2 ist nicht „Titel: Art“.</translation>
    </message>
    <message>
        <source>Kinds are %1.</source>
        <translation>Arten sind %1.</translation>
    </message>
    <message>
        <source>%1 names no section.</source>
        <translation>%1 nennt keinen Abschnitt.</translation>
    </message>
    <message>
        <source>Write lines such as &quot;To do: actions&quot;.</source>
        <translation>Zeilen wie „To do: actions“ schreiben.</translation>
    </message>
    <message>
        <source>There is no template &quot;%1&quot;.</source>
        <translation>Es gibt keine Vorlage „%1“.</translation>
    </message>
    <message>
        <source>Use one of %1, or the path of a template file.</source>
        <translation>Eine von %1 nehmen, oder den Pfad einer Vorlagendatei.</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>%1 ist nicht lesbar.</translation>
    </message>
    <message>
        <source>Check its permissions.</source>
        <translation>Die Zugriffsrechte prüfen.</translation>
    </message>
    <message>
        <source>There is no model at %1.</source>
        <translation>Bei %1 ist kein Modell.</translation>
    </message>
    <message>
        <source>Choose the starter, a GGUF file or a model folder.</source>
        <translation>Das Startmodell, eine GGUF-Datei oder einen Modellordner wählen.</translation>
    </message>
    <message>
        <source>There is no session yet, so there is nothing to answer from.</source>
        <translation>Es gibt noch keine Sitzung, also nichts, woraus sich antworten lässt.</translation>
    </message>
    <message>
        <source>Read a file first: percept-cli ingest FILE</source>
        <translation>Zuerst eine Datei lesen: percept-cli ingest FILE</translation>
    </message>
    <message>
        <source>Source %1 is in session %2, not in session %3.</source>
        <translation>Quelle %1 gehört zu Sitzung %2, nicht zu Sitzung %3.</translation>
    </message>
    <message>
        <source>Leave --session out to ask about sources of any session.</source>
        <translation>--session weglassen, um nach Quellen jeder Sitzung zu fragen.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>The DOCX file could not be put together: %1.</source>
        <translation>Die DOCX-Datei ließ sich nicht zusammensetzen: %1.</translation>
    </message>
    <message>
        <source>Session %1 holds several recordings; subtitles belong to one.</source>
        <translation>Sitzung %1 enthält mehrere Aufnahmen; Untertitel gehören zu einer.</translation>
    </message>
    <message>
        <source>Use percept-cli transcribe FILE --format srt for one file.</source>
        <translation>Für eine einzelne Datei percept-cli transcribe FILE --format srt benutzen.</translation>
    </message>
    <message>
        <source>Session %1 holds no speech, so there are no subtitles to write.</source>
        <translation>Sitzung %1 enthält keine Sprache, also keine Untertitel.</translation>
    </message>
    <message>
        <source>Choose md, json, docx or pdf.</source>
        <translation>md, json, docx oder pdf wählen.</translation>
    </message>
    <message>
        <source>An unknown export format was asked for.</source>
        <translation>Ein unbekanntes Exportformat wurde verlangt.</translation>
    </message>
    <message>
        <source>%1 is a folder.</source>
        <translation>%1 ist ein Ordner.</translation>
    </message>
    <message>
        <source>Give the name of a file in it.</source>
        <translation>Den Namen einer Datei darin angeben.</translation>
    </message>
    <message>
        <source>There is no memory for the PDF file.</source>
        <translation>Für die PDF-Datei fehlt Speicher.</translation>
    </message>
    <message>
        <source>The PDF file could not be drawn: %1.</source>
        <translation>Die PDF-Datei ließ sich nicht zeichnen: %1.</translation>
    </message>
    <message>
        <source>Stopped before this file was read.</source>
        <translation>Angehalten, bevor diese Datei gelesen wurde.</translation>
    </message>
    <message>
        <source>There is nothing to read in there.</source>
        <translation>Darin ist nichts zu lesen.</translation>
    </message>
    <message>
        <source>Give a file or a folder with files.</source>
        <translation>Eine Datei oder einen Ordner mit Dateien angeben.</translation>
    </message>
    <message>
        <source>These folders hold more than %1 files.</source>
        <translation>Diese Ordner enthalten mehr als %1 Dateien.</translation>
    </message>
    <message>
        <source>Give fewer folders at once.</source>
        <translation>Weniger Ordner auf einmal angeben.</translation>
    </message>
    <message>
        <source>A picture has other measures than pixels.</source>
        <translation>Ein Bild hat andere Maße als Bildpunkte.</translation>
    </message>
    <message>
        <source>There is no memory for a picture of the video.</source>
        <translation>Für ein Bild des Videos fehlt Speicher.</translation>
    </message>
    <message>
        <source>The library lies in %1.</source>
        <translation>Die Bibliothek liegt in %1.</translation>
    </message>
    <message>
        <source>Move it first.</source>
        <translation>Sie zuerst verschieben.</translation>
    </message>
    <message>
        <source>The model catalogue is malformed: %1.</source>
        <translation>Der Modellkatalog ist fehlerhaft: %1.</translation>
    </message>
    <message>
        <source>The catalogue has no model &apos;%1&apos;.</source>
        <translation>Der Katalog hat kein Modell „%1“.</translation>
    </message>
    <message>
        <source>It has: %1.</source>
        <translation>Er hat: %1.</translation>
    </message>
    <message>
        <source>%1 sends more bytes than were published.</source>
        <translation>%1 sendet mehr Bytes, als veröffentlicht wurden.</translation>
    </message>
    <message>
        <source>libcurl does not start.</source>
        <translation>libcurl startet nicht.</translation>
    </message>
    <message>
        <source>%1 sends %2 bytes, but %3 were published.</source>
        <translation>%1 sendet %2 Bytes, veröffentlicht wurden %3.</translation>
    </message>
    <message>
        <source>The fetch was stopped.</source>
        <translation>Der Download wurde angehalten.</translation>
    </message>
    <message>
        <source>No place that has it answers.</source>
        <translation>Kein Ort, der es hat, antwortet.</translation>
    </message>
    <message>
        <source>Check the connection and try again.</source>
        <translation>Die Verbindung prüfen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>%1 from %2 has other bytes than were published and was deleted.</source>
        <translation>%1 von %2 hat andere Bytes als veröffentlicht und wurde gelöscht.</translation>
    </message>
    <message>
        <source>Try again later; the place may be serving a broken or changed file.</source>
        <translation>Später noch einmal versuchen; der Ort liefert vielleicht eine beschädigte oder geänderte Datei.</translation>
    </message>
    <message>
        <source>Another program is fetching models into %1.</source>
        <translation>Ein anderes Programm lädt Modelle nach %1.</translation>
    </message>
    <message>
        <source>Wait until it is done, then try again.</source>
        <translation>Warten, bis es fertig ist, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The unpacking was stopped.</source>
        <translation>Das Auspacken wurde angehalten.</translation>
    </message>
    <message>
        <source>%1 holds more bytes than were published.</source>
        <translation>%1 enthält mehr Bytes, als veröffentlicht wurden.</translation>
    </message>
    <message>
        <source>pip fetched no wheel of the package %1.</source>
        <translation>pip brachte kein Wheel des Pakets %1.</translation>
    </message>
    <message>
        <source>%1 holds no %2.</source>
        <translation>%1 enthält kein %2.</translation>
    </message>
    <message>
        <source>No pipe can be made for %1.</source>
        <translation>Für %1 lässt sich keine Pipe anlegen.</translation>
    </message>
    <message>
        <source>%1 cannot be started.</source>
        <translation>%1 lässt sich nicht starten.</translation>
    </message>
    <message>
        <source>%1 was stopped.</source>
        <translation>%1 wurde angehalten.</translation>
    </message>
    <message>
        <source>%1 has no chat template, so it takes no questions.</source>
        <translation>%1 hat keine Chat-Vorlage und nimmt deshalb keine Fragen an.</translation>
    </message>
    <message>
        <source>Use the instruct or chat version of the model.</source>
        <translation>Die Instruct- oder Chat-Fassung des Modells benutzen.</translation>
    </message>
    <message>
        <source>%1 is not there.</source>
        <translation>%1 ist nicht da.</translation>
    </message>
    <message>
        <source>%1 is a NeMo archive, which is not used as it is.</source>
        <translation>%1 ist ein NeMo-Archiv und wird so nicht benutzt.</translation>
    </message>
    <message>
        <source>Convert it once with &quot;percept-engine convert --model %1 --output FOLDER&quot;, then choose that folder.</source>
        <translation>Es einmal mit „percept-engine convert --model %1 --output ORDNER“ umwandeln und dann diesen Ordner wählen.</translation>
    </message>
    <message>
        <source>%1 holds no model that Percept knows.</source>
        <translation>%1 enthält kein Modell, das Percept kennt.</translation>
    </message>
    <message>
        <source>Pages are counted from 1.</source>
        <translation>Seiten werden ab 1 gezählt.</translation>
    </message>
    <message>
        <source>There is no HOME to keep the library in.</source>
        <translation>Es gibt kein HOME, in dem die Bibliothek liegen könnte.</translation>
    </message>
    <message>
        <source>Name a folder with --data DIR.</source>
        <translation>Einen Ordner mit --data DIR angeben.</translation>
    </message>
    <message>
        <source>%1 is no recording.</source>
        <translation>%1 ist keine Aufnahme.</translation>
    </message>
    <message>
        <source>No recording is open.</source>
        <translation>Keine Aufnahme ist geöffnet.</translation>
    </message>
    <message>
        <source>%1 sends more than an answer can be.</source>
        <translation>%1 sendet mehr, als eine Antwort sein kann.</translation>
    </message>
    <message>
        <source>Ask another server, or let the starter answer.</source>
        <translation>Einen anderen Server fragen, oder das Startmodell antworten lassen.</translation>
    </message>
    <message>
        <source>%1 does not answer (%2).</source>
        <translation>%1 antwortet nicht (%2).</translation>
    </message>
    <message>
        <source>Check that the server runs and the address is right, or let the starter answer.</source>
        <translation>Prüfen, ob der Server läuft und die Adresse stimmt, oder das Startmodell antworten lassen.</translation>
    </message>
    <message>
        <source>Another question waits for this server.</source>
        <translation>Eine andere Frage wartet auf diesen Server.</translation>
    </message>
    <message>
        <source>%1 broke off its answer.</source>
        <translation>%1 brach die Antwort ab.</translation>
    </message>
    <message>
        <source>Ask again, or let the starter answer.</source>
        <translation>Noch einmal fragen, oder das Startmodell antworten lassen.</translation>
    </message>
    <message>
        <source>%1 is not the address of a server.</source>
        <translation>%1 ist nicht die Adresse eines Servers.</translation>
    </message>
    <message>
        <source>Write it like http://127.0.0.1:8000/v1.</source>
        <translation>Sie wie http://127.0.0.1:8000/v1 schreiben.</translation>
    </message>
    <message>
        <source>%1 does not speak the OpenAI API: %2.</source>
        <translation>%1 spricht die OpenAI-API nicht: %2.</translation>
    </message>
    <message>
        <source>Check the address; it usually ends in /v1.</source>
        <translation>Die Adresse prüfen; sie endet meist auf /v1.</translation>
    </message>
    <message>
        <source>The sample is not in %1.</source>
        <translation>Das Beispiel ist nicht in %1.</translation>
    </message>
    <message>
        <source>Install Percept again, or drop files of your own.</source>
        <translation>Percept neu installieren, oder eigene Dateien ablegen.</translation>
    </message>
    <message>
        <source>The setting for %1 cannot be stored.</source>
        <translation>Die Einstellung für %1 lässt sich nicht speichern.</translation>
    </message>
    <message>
        <source>%1 has no sound (%2).</source>
        <translation>%1 hat keinen Ton (%2).</translation>
    </message>
    <message>
        <source>Give a recording or a video with sound.</source>
        <translation>Eine Aufnahme oder ein Video mit Ton angeben.</translation>
    </message>
    <message>
        <source>There is no device that plays sound.</source>
        <translation>Es gibt kein Gerät, das Ton abspielt.</translation>
    </message>
    <message>
        <source>Connect one, or start PipeWire or PulseAudio; pictures play without.</source>
        <translation>Eines anschließen, oder PipeWire oder PulseAudio starten; Bilder laufen auch ohne.</translation>
    </message>
    <message>
        <source>The sound device &quot;%1&quot; cannot be opened: %2.</source>
        <translation>Das Tongerät „%1“ lässt sich nicht öffnen: %2.</translation>
    </message>
    <message>
        <source>Another program may hold it; choose another device in the system&apos;s sound settings.</source>
        <translation>Ein anderes Programm hält es vielleicht; in den Toneinstellungen des Systems ein anderes Gerät wählen.</translation>
    </message>
    <message>
        <source>The sound device &quot;%1&quot; stopped playing.</source>
        <translation>Das Tongerät „%1“ spielt nicht mehr.</translation>
    </message>
    <message>
        <source>It may have been unplugged. Press Play to go on with the device that is there now.</source>
        <translation>Vielleicht wurde es ausgesteckt. Mit „Abspielen“ geht es auf dem Gerät weiter, das jetzt da ist.</translation>
    </message>
    <message>
        <source>LibreOffice cannot be started: no channel.</source>
        <translation>LibreOffice lässt sich nicht starten: kein Kanal.</translation>
    </message>
    <message>
        <source>Reading %1 was cancelled.</source>
        <translation>Das Lesen von %1 wurde abgebrochen.</translation>
    </message>
    <message>
        <source>LibreOffice took too long over %1 and was stopped.</source>
        <translation>LibreOffice brauchte zu lange für %1 und wurde angehalten.</translation>
    </message>
    <message>
        <source>Open it yourself and save it as PDF.</source>
        <translation>Sie selbst öffnen und als PDF speichern.</translation>
    </message>
    <message>
        <source>LibreOffice cannot be fenced off on this system, so it is not started.</source>
        <translation>LibreOffice lässt sich auf diesem System nicht einzäunen und wird deshalb nicht gestartet.</translation>
    </message>
    <message>
        <source>The kernel must have seccomp; every kernel of Debian has.</source>
        <translation>Der Kernel braucht seccomp; jeder Kernel von Debian hat es.</translation>
    </message>
    <message>
        <source>Reading %1 (%2) needs LibreOffice, which is not installed.</source>
        <translation>%1 (%2) zu lesen braucht LibreOffice, und das ist nicht installiert.</translation>
    </message>
    <message>
        <source>Install it with: sudo apt install %1</source>
        <translation>Installieren mit: sudo apt install %1</translation>
    </message>
    <message>
        <source>LibreOffice could not open %1%2.</source>
        <translation>LibreOffice konnte %1 nicht öffnen%2.</translation>
    </message>
    <message>
        <source>It may be damaged, or protected by a password: open it yourself and save it again, or as PDF.</source>
        <translation>Sie ist vielleicht beschädigt oder durch ein Passwort geschützt: selbst öffnen und neu speichern, oder als PDF.</translation>
    </message>
    <message>
        <source>%1 is %2, not a file.</source>
        <translation>%1 ist %2, keine Datei.</translation>
    </message>
    <message>
        <source>Give the files in it.</source>
        <translation>Die Dateien darin angeben.</translation>
    </message>
    <message>
        <source>Give a file.</source>
        <translation>Eine Datei angeben.</translation>
    </message>
    <message>
        <source>The system&apos;s sound cannot be used: %1.</source>
        <translation>Der Ton des Systems lässt sich nicht benutzen: %1.</translation>
    </message>
    <message>
        <source>Start PipeWire or PulseAudio, or log in again.</source>
        <translation>PipeWire oder PulseAudio starten, oder neu anmelden.</translation>
    </message>
    <message>
        <source>%1 is larger than 2 GiB.</source>
        <translation>%1 ist größer als 2 GiB.</translation>
    </message>
    <message>
        <source>Split the document into smaller files.</source>
        <translation>Das Dokument in kleinere Dateien teilen.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 ist nicht lesbar: %2.</translation>
    </message>
    <message>
        <source>No decoder for %1.</source>
        <translation>Kein Decoder für %1.</translation>
    </message>
    <message>
        <source>Convert the file to H.264, VP9, AAC, Opus or FLAC and try again.</source>
        <translation>Die Datei in H.264, VP9, AAC, Opus oder FLAC umwandeln und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The video is %1 x %2 pixels.</source>
        <translation>Das Video hat %1 x %2 Bildpunkte.</translation>
    </message>
    <message>
        <source>Scale it down and try again.</source>
        <translation>Es verkleinern und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>A stream is damaged: %1.</source>
        <translation>Ein Datenstrom ist beschädigt: %1.</translation>
    </message>
    <message>
        <source>A %1 stream cannot be decoded: %2.</source>
        <translation>Ein Datenstrom der Art %1 lässt sich nicht dekodieren: %2.</translation>
    </message>
    <message>
        <source>The recording cannot be opened: %1.</source>
        <translation>Die Aufnahme lässt sich nicht öffnen: %1.</translation>
    </message>
    <message>
        <source>If it plays elsewhere, convert it to MP4, WebM, WAV or FLAC and try again.</source>
        <translation>Wenn sie anderswo läuft, in MP4, WebM, WAV oder FLAC umwandeln und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>No picture of this part of the video can be decoded.</source>
        <translation>Kein Bild dieses Teils des Videos lässt sich dekodieren.</translation>
    </message>
    <message>
        <source>The recording&apos;s streams cannot be read: %1.</source>
        <translation>Die Datenströme der Aufnahme sind nicht lesbar: %1.</translation>
    </message>
    <message>
        <source>The file holds neither sound nor moving pictures.</source>
        <translation>Die Datei enthält weder Ton noch bewegte Bilder.</translation>
    </message>
    <message>
        <source>The file has no sound stream %1.</source>
        <translation>Die Datei hat keinen Tonstrom %1.</translation>
    </message>
    <message>
        <source>The recording does not allow to seek: %1.</source>
        <translation>In der Aufnahme lässt sich nicht springen: %1.</translation>
    </message>
    <message>
        <source>The recording has no moving pictures.</source>
        <translation>Die Aufnahme hat keine bewegten Bilder.</translation>
    </message>
    <message>
        <source>The video&apos;s pixels have a form that cannot be converted.</source>
        <translation>Die Bildpunkte des Videos haben eine Form, die sich nicht umwandeln lässt.</translation>
    </message>
    <message>
        <source>A picture of the video could not be scaled.</source>
        <translation>Ein Bild des Videos ließ sich nicht skalieren.</translation>
    </message>
    <message>
        <source>The sound has a form that cannot be resampled.</source>
        <translation>Der Ton hat eine Form, die sich nicht umrechnen lässt.</translation>
    </message>
    <message>
        <source>%1 is an encrypted office document.</source>
        <translation>%1 ist ein verschlüsseltes Office-Dokument.</translation>
    </message>
    <message>
        <source>Open it in its program and save it without a password, or as PDF.</source>
        <translation>In seinem Programm öffnen und ohne Passwort speichern, oder als PDF.</translation>
    </message>
    <message>
        <source>%1 is an archive, and no office document was found in it.</source>
        <translation>%1 ist ein Archiv, und darin fand sich kein Office-Dokument.</translation>
    </message>
    <message>
        <source>Unpack it and give the files in it.</source>
        <translation>Auspacken und die Dateien darin angeben.</translation>
    </message>
    <message>
        <source>This file has no pages.</source>
        <translation>Diese Datei hat keine Seiten.</translation>
    </message>
    <message>
        <source>This file is no recording.</source>
        <translation>Diese Datei ist keine Aufnahme.</translation>
    </message>
    <message>
        <source>This file has no pages that can be shown.</source>
        <translation>Diese Datei hat keine Seiten, die sich zeigen lassen.</translation>
    </message>
    <message>
        <source>%1 is empty.</source>
        <translation>%1 ist leer.</translation>
    </message>
    <message>
        <source>It may still be downloading, or was saved without content.</source>
        <translation>Der Download läuft vielleicht noch, oder sie wurde ohne Inhalt gespeichert.</translation>
    </message>
    <message>
        <source>%1 begins like a PDF but has no structure that can be read.</source>
        <translation>%1 beginnt wie ein PDF, hat aber keinen lesbaren Aufbau.</translation>
    </message>
    <message>
        <source>It may be damaged or only partly downloaded.</source>
        <translation>Sie ist vielleicht beschädigt oder nur zum Teil heruntergeladen.</translation>
    </message>
    <message>
        <source>%1 is encrypted.</source>
        <translation>%1 ist verschlüsselt.</translation>
    </message>
    <message>
        <source>The password given does not open %1.</source>
        <translation>Das angegebene Passwort öffnet %1 nicht.</translation>
    </message>
    <message>
        <source>Give the password of the document.</source>
        <translation>Das Passwort des Dokuments angeben.</translation>
    </message>
    <message>
        <source>%1 has no page that can be found.</source>
        <translation>In %1 lässt sich keine Seite finden.</translation>
    </message>
    <message>
        <source>%1 has no page %2.</source>
        <translation>%1 hat keine Seite %2.</translation>
    </message>
    <message>
        <source>Page %1 of %2 is damaged and cannot be shown.</source>
        <translation>Seite %1 von %2 ist beschädigt und lässt sich nicht zeigen.</translation>
    </message>
    <message>
        <source>The page has no size, or the resolution is no number.</source>
        <translation>Die Seite hat keine Größe, oder die Auflösung ist keine Zahl.</translation>
    </message>
    <message>
        <source>The page cannot be drawn.</source>
        <translation>Die Seite lässt sich nicht zeichnen.</translation>
    </message>
    <message>
        <source>%1 is a picture that cannot be decoded: %2.</source>
        <translation>%1 ist ein Bild, das sich nicht dekodieren lässt: %2.</translation>
    </message>
    <message>
        <source>Save it as JPEG or PNG.</source>
        <translation>Als JPEG oder PNG speichern.</translation>
    </message>
    <message>
        <source>It may be damaged.</source>
        <translation>Sie ist vielleicht beschädigt.</translation>
    </message>
    <message>
        <source>%1 has %2 x %3 pixels, which is more than is read.</source>
        <translation>%1 hat %2 x %3 Bildpunkte, mehr als gelesen werden.</translation>
    </message>
    <message>
        <source>Make it smaller and try again.</source>
        <translation>Verkleinern und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>%1 has no pixels.</source>
        <translation>%1 hat keine Bildpunkte.</translation>
    </message>
    <message>
        <source>percept-reader cannot limit its resources: %1.</source>
        <translation>percept-reader kann seine Mittel nicht begrenzen: %1.</translation>
    </message>
    <message>
        <source>The sandbox cannot limit system calls (error %1).</source>
        <translation>Die Sandbox kann Systemaufrufe nicht begrenzen (Fehler %1).</translation>
    </message>
    <message>
        <source>The kernel must be built with seccomp filters; every kernel of Debian is.</source>
        <translation>Der Kernel braucht seccomp-Filter; jeder Kernel von Debian hat sie.</translation>
    </message>
    <message>
        <source>The sandbox cannot be entered: %1: %2.</source>
        <translation>Die Sandbox lässt sich nicht betreten: %1: %2.</translation>
    </message>
    <message>
        <source>Reading %1 takes more memory than the reader may use.</source>
        <translation>%1 zu lesen braucht mehr Speicher, als das Leseprogramm benutzen darf.</translation>
    </message>
    <message>
        <source>The file may be damaged, or its pictures are too large.</source>
        <translation>Die Datei ist vielleicht beschädigt, oder ihre Bilder sind zu groß.</translation>
    </message>
    <message>
        <source>There is no page %1; the last one is %2.</source>
        <translation>Es gibt keine Seite %1; die letzte ist %2.</translation>
    </message>
    <message>
        <source>%1 is neither text nor of a kind that can be read.</source>
        <translation>%1 ist weder Text noch von einer lesbaren Art.</translation>
    </message>
    <message>
        <source>Documents, pictures, recordings and text can be read.</source>
        <translation>Lesbar sind Dokumente, Bilder, Aufnahmen und Text.</translation>
    </message>
    <message>
        <source>%1 is text of more than %2 MB.</source>
        <translation>%1 ist Text von mehr als %2 MB.</translation>
    </message>
    <message>
        <source>Split it into smaller files.</source>
        <translation>In kleinere Dateien teilen.</translation>
    </message>
    <message>
        <source>No channel to percept-reader can be made: %1.</source>
        <translation>Zu percept-reader lässt sich kein Kanal anlegen: %1.</translation>
    </message>
    <message>
        <source>Playing %1 was stopped.</source>
        <translation>Das Abspielen von %1 wurde angehalten.</translation>
    </message>
    <message>
        <source>%1 has %2 pages; %3 to %4 is no part of them.</source>
        <translation>%1 hat %2 Seiten; %3 bis %4 gehört nicht dazu.</translation>
    </message>
    <message>
        <source>%1 cannot be started: %2.</source>
        <translation>%1 lässt sich nicht starten: %2.</translation>
    </message>
    <message>
        <source>Percept&apos;s programs belong together in one folder; install it again.</source>
        <translation>Die Programme von Percept gehören zusammen in einen Ordner; neu installieren.</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>Andere Programme schließen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>No temporary folder can be made in %1: %2.</source>
        <translation>In %1 lässt sich kein temporärer Ordner anlegen: %2.</translation>
    </message>
    <message>
        <source>Free some space there, or set TMPDIR to another folder.</source>
        <translation>Dort Platz schaffen, oder TMPDIR auf einen anderen Ordner setzen.</translation>
    </message>
    <message>
        <source>The backup was stopped; nothing of it was kept.</source>
        <translation>Die Sicherung wurde angehalten; nichts davon wurde behalten.</translation>
    </message>
    <message>
        <source>%1 cannot be read back: %2.</source>
        <translation>%1 lässt sich nicht zurücklesen: %2.</translation>
    </message>
    <message>
        <source>Check the disk, or write the backup to another one.</source>
        <translation>Den Datenträger prüfen, oder die Sicherung auf einen anderen schreiben.</translation>
    </message>
    <message>
        <source>The library is damaged, so its copy would be too: %1</source>
        <translation>Die Bibliothek ist beschädigt, ihre Kopie wäre es auch: %1</translation>
    </message>
    <message>
        <source>Look at it with percept-cli doctor.</source>
        <translation>Mit percept-cli doctor nachsehen.</translation>
    </message>
    <message>
        <source>The copy was stopped; nothing of it was kept.</source>
        <translation>Das Kopieren wurde angehalten; nichts davon wurde behalten.</translation>
    </message>
    <message>
        <source>%1 is there already; a backup overwrites nothing.</source>
        <translation>%1 ist schon da; eine Sicherung überschreibt nichts.</translation>
    </message>
    <message>
        <source>Name a new file.</source>
        <translation>Eine neue Datei angeben.</translation>
    </message>
    <message>
        <source>The stored file %1 is gone.</source>
        <translation>Die gespeicherte Datei %1 ist weg.</translation>
    </message>
    <message>
        <source>Start the backup again if a source was deleted just now; else ask percept-cli doctor.</source>
        <translation>Die Sicherung neu beginnen, falls gerade eine Quelle gelöscht wurde; sonst percept-cli doctor fragen.</translation>
    </message>
    <message>
        <source>The stored file %1 has changed since it was stored.</source>
        <translation>Die gespeicherte Datei %1 hat sich geändert, seit sie gespeichert wurde.</translation>
    </message>
    <message>
        <source>Delete its source (percept-cli sessions remove-source), then back up again.</source>
        <translation>Ihre Quelle löschen (percept-cli sessions remove-source), dann noch einmal sichern.</translation>
    </message>
    <message>
        <source>%1 does not hold what was written to it.</source>
        <translation>In %1 steht nicht, was dorthin geschrieben wurde.</translation>
    </message>
    <message>
        <source>Check that disk, or write the backup to another one.</source>
        <translation>Diesen Datenträger prüfen, oder die Sicherung auf einen anderen schreiben.</translation>
    </message>
    <message>
        <source>Page %1 of source %2 is not stored.</source>
        <translation>Seite %1 der Quelle %2 ist nicht gespeichert.</translation>
    </message>
    <message>
        <source>There is no line %1 of speech.</source>
        <translation>Es gibt keine Sprachzeile %1.</translation>
    </message>
    <message>
        <source>%1 is no longer there.</source>
        <translation>%1 ist nicht mehr da.</translation>
    </message>
    <message>
        <source>Put it back, or add the file again from where it is now.</source>
        <translation>Sie zurücklegen, oder die Datei von ihrem jetzigen Ort neu hinzufügen.</translation>
    </message>
    <message>
        <source>The library has %1 MB, %2 has %3 MB free.</source>
        <translation>Die Bibliothek hat %1 MB, in %2 sind %3 MB frei.</translation>
    </message>
    <message>
        <source>Free some space there, or name a folder on another disk.</source>
        <translation>Dort Platz schaffen, oder einen Ordner auf einem anderen Datenträger angeben.</translation>
    </message>
    <message>
        <source>The library was opened for reading; it cannot be moved.</source>
        <translation>Die Bibliothek wurde nur zum Lesen geöffnet; sie lässt sich nicht verschieben.</translation>
    </message>
    <message>
        <source>Close the program that writes to it first.</source>
        <translation>Zuerst das Programm schließen, das in sie schreibt.</translation>
    </message>
    <message>
        <source>The move was stopped; the old place stays in use.</source>
        <translation>Das Verschieben wurde angehalten; der alte Ort bleibt in Gebrauch.</translation>
    </message>
    <message>
        <source>The file system of %1 cannot share memory.</source>
        <translation>Das Dateisystem von %1 kann keinen Speicher teilen.</translation>
    </message>
    <message>
        <source>Keep the data folder on a local disk.</source>
        <translation>Den Datenordner auf einem eigenen Datenträger dieses Computers halten.</translation>
    </message>
    <message>
        <source>There is no library in %1 yet.</source>
        <translation>In %1 ist noch keine Bibliothek.</translation>
    </message>
    <message>
        <source>Add a file first, or name another data folder.</source>
        <translation>Zuerst eine Datei hinzufügen, oder einen anderen Datenordner angeben.</translation>
    </message>
    <message>
        <source>This transcript was changed meanwhile.</source>
        <translation>Dieses Transkript wurde inzwischen geändert.</translation>
    </message>
    <message>
        <source>%1 is not a file.</source>
        <translation>%1 ist keine Datei.</translation>
    </message>
    <message>
        <source>Give a file; folders, devices and pipes cannot be stored.</source>
        <translation>Eine Datei angeben; Ordner, Geräte und Pipes lassen sich nicht speichern.</translation>
    </message>
    <message>
        <source>There is no message %1.</source>
        <translation>Es gibt keine Nachricht %1.</translation>
    </message>
    <message>
        <source>%1 is a file.</source>
        <translation>%1 ist eine Datei.</translation>
    </message>
    <message>
        <source>Name a folder that is empty or not there yet.</source>
        <translation>Einen Ordner angeben, der leer oder noch nicht da ist.</translation>
    </message>
    <message>
        <source>%1 is not empty; nothing in it was touched.</source>
        <translation>%1 ist nicht leer; nichts darin wurde angerührt.</translation>
    </message>
    <message>
        <source>Check that disk, or move to another one. The old place stays in use.</source>
        <translation>Diesen Datenträger prüfen, oder auf einen anderen verschieben. Der alte Ort bleibt in Gebrauch.</translation>
    </message>
    <message>
        <source>%1 and the library are one inside the other.</source>
        <translation>%1 und die Bibliothek liegen ineinander.</translation>
    </message>
    <message>
        <source>Name a folder outside of the library.</source>
        <translation>Einen Ordner außerhalb der Bibliothek angeben.</translation>
    </message>
    <message>
        <source>Delete its source, then move again.</source>
        <translation>Ihre Quelle löschen, dann noch einmal verschieben.</translation>
    </message>
    <message>
        <source>The library&apos;s database %1 is damaged: %2.</source>
        <translation>Die Datenbank der Bibliothek %1 ist beschädigt: %2.</translation>
    </message>
    <message>
        <source>Restore a backup, or move percept.sqlite out of the data folder to begin anew.</source>
        <translation>Eine Sicherung zurückholen, oder percept.sqlite aus dem Datenordner nehmen und neu beginnen.</translation>
    </message>
    <message>
        <source>The library %1 was written by a newer Percept (version %2 of its form; this one knows %3).</source>
        <translation>Die Bibliothek %1 wurde von einem neueren Percept geschrieben (Version %2 ihrer Form; dieses kennt %3).</translation>
    </message>
    <message>
        <source>Update Percept; nothing was changed.</source>
        <translation>Percept aktualisieren; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>A list of words or boxes in the library is cut short.</source>
        <translation>Eine Liste von Wörtern oder Rahmen in der Bibliothek ist abgeschnitten.</translation>
    </message>
    <message>
        <source>Read the source again, or restore a backup.</source>
        <translation>Die Quelle noch einmal lesen, oder eine Sicherung zurückholen.</translation>
    </message>
    <message>
        <source>There is no passage %1.</source>
        <translation>Es gibt keine Passage %1.</translation>
    </message>
    <message>
        <source>There is no %1 %2.</source>
        <translation>Es gibt kein %1 %2.</translation>
    </message>
    <message>
        <source>There is no session %1.</source>
        <translation>Es gibt keine Sitzung %1.</translation>
    </message>
    <message>
        <source>List the sessions to see which there are.</source>
        <translation>Die Sitzungen auflisten, um zu sehen, welche es gibt.</translation>
    </message>
    <message>
        <source>The tag “%1” is too long.</source>
        <translation>Das Schlagwort „%1“ ist zu lang.</translation>
    </message>
    <message>
        <source>A tag has at most %1 letters.</source>
        <translation>Ein Schlagwort hat höchstens %1 Buchstaben.</translation>
    </message>
    <message>
        <source>A session has at most %1 tags.</source>
        <translation>Eine Sitzung hat höchstens %1 Schlagwörter.</translation>
    </message>
    <message>
        <source>There is no source %1.</source>
        <translation>Es gibt keine Quelle %1.</translation>
    </message>
    <message>
        <source>Show the session to see its sources.</source>
        <translation>Die Sitzung zeigen, um ihre Quellen zu sehen.</translation>
    </message>
    <message>
        <source>A passage&apos;s vector holds no numbers.</source>
        <translation>Der Vektor einer Passage enthält keine Zahlen.</translation>
    </message>
    <message>
        <source>The library in %1 is in use by %2.</source>
        <translation>Die Bibliothek in %1 wird von %2 benutzt.</translation>
    </message>
    <message>
        <source>Close that program or do this there; reading works meanwhile.</source>
        <translation>Jenes Programm schließen oder es dort tun; lesen geht inzwischen.</translation>
    </message>
    <message>
        <source>%1 is larger than %2 bytes.</source>
        <translation>%1 ist größer als %2 Bytes.</translation>
    </message>
    <message>
        <source>Stopped while reading %1.</source>
        <translation>Beim Lesen von %1 angehalten.</translation>
    </message>
    <message>
        <source>all-MiniLM-L6-v2, finds by meaning (English)</source>
        <translation>all-MiniLM-L6-v2, findet nach Bedeutung (Englisch)</translation>
    </message>
    <message>
        <source>Silero VAD 6.2.3, finds speech</source>
        <translation>Silero VAD 6.2.3, findet Sprache</translation>
    </message>
    <message>
        <source>What was pasted cannot be written to %1.</source>
        <translation>Das Eingefügte lässt sich nicht nach %1 schreiben.</translation>
    </message>
    <message>
        <source>The pasted picture cannot be written to %1.</source>
        <translation>Das eingefügte Bild lässt sich nicht nach %1 schreiben.</translation>
    </message>
    <message>
        <source>There is no room for what was pasted in %1.</source>
        <translation>In %1 ist kein Platz für das Eingefügte.</translation>
    </message>
    <message>
        <source>Make room on that disk.</source>
        <translation>Auf diesem Datenträger Platz schaffen.</translation>
    </message>
    <message>
        <source>%1: said from a picture or sound, with its place; no words there to check it against.</source>
        <translation>%1: nach einem Bild oder Ton gesagt, mit dem Ort; dort stehen keine Wörter, an denen es zu prüfen wäre.</translation>
    </message>
    <message>
        <source>Stopped while the model wrote; this is its beginning.</source>
        <translation>Angehalten, während das Modell schrieb; dies ist der Anfang.</translation>
    </message>
    <message>
        <source>%1 of %2 passages did not fit into the model&apos;s context.</source>
        <translation>%1 von %2 Textstellen passten nicht in den Kontext des Modells.</translation>
    </message>
    <message>
        <source>Given to the model as words only, for lack of room: %1.</source>
        <translation>Dem Modell aus Platzmangel nur als Text gegeben: %1.</translation>
    </message>
    <message>
        <source>%1 could not be given to the model as a picture or sound: %2</source>
        <translation>%1 konnte dem Modell nicht als Bild oder Ton gegeben werden: %2</translation>
    </message>
    <message>
        <source>The model got pictures and sound as the words that were read and heard in them.</source>
        <translation>Das Modell bekam Bilder und Ton als die Wörter, die darin gelesen und gehört wurden.</translation>
    </message>
    <message>
        <source>%1 may not write answers, so quotes are shown instead.</source>
        <translation>%1 darf keine Antworten schreiben, darum stehen hier Zitate.</translation>
    </message>
    <message>
        <source>There are no pictures in this stretch of the video.</source>
        <translation>In diesem Stück des Videos sind keine Bilder.</translation>
    </message>
    <message>
        <source>There is no sound in this stretch of the recording.</source>
        <translation>In diesem Stück der Aufnahme ist kein Ton.</translation>
    </message>
    <message>
        <source>Choose a GGUF file, a folder of safetensors, or one with files of the starter models.</source>
        <translation>Eine GGUF-Datei wählen, einen Ordner mit safetensors oder einen mit Dateien der Startmodelle.</translation>
    </message>
    <message>
        <source>Stopped before the library was looked through.</source>
        <translation>Angehalten, bevor die Bibliothek durchgesehen war.</translation>
    </message>
    <message>
        <source>The model reached the longest length of an answer; this is its beginning.</source>
        <translation>Das Modell hat die größte Länge einer Antwort erreicht; dies ist ihr Anfang.</translation>
    </message>
    <message>
        <source>Can write answers in its own words</source>
        <translation>Kann Antworten in eigenen Worten schreiben</translation>
    </message>
    <message>
        <source>Fits this computer, but only %1 of memory are free now: close other programs before you use it.</source>
        <translation>Passt auf diesen Computer, doch jetzt sind nur %1 Arbeitsspeicher frei: vor dem Benutzen andere Programme schließen.</translation>
    </message>
    <message>
        <source>%1 of %2 have arrived. It goes on there.</source>
        <translation>%1 von %2 sind da. Dort geht es weiter.</translation>
    </message>
    <message>
        <source>The model %1 is not installed.</source>
        <translation>Das Modell %1 ist nicht installiert.</translation>
    </message>
    <message>
        <source>%1 recognises speech and answers no questions.</source>
        <translation>%1 erkennt Sprache und beantwortet keine Fragen.</translation>
    </message>
    <message>
        <source>%1, which is to listen to recordings, cannot be used: %2</source>
        <translation>%1, das Aufnahmen anhören soll, ist nicht nutzbar: %2</translation>
    </message>
    <message>
        <source>Bring it back, or forget it under Models (percept-cli models forget %1); then Whisper listens.</source>
        <translation>Den Ordner zurückbringen oder das Modell unter Modelle vergessen (percept-cli models forget %1); dann hört Whisper zu.</translation>
    </message>
    <message>
        <source>Fetch it with: percept-cli models fetch %1</source>
        <translation>Holen mit: percept-cli models fetch %1</translation>
    </message>
</context>
<context>
    <name>app::desktop::AskBridge</name>
    <message>
        <source>This could not be kept.</source>
        <translation>Dies konnte nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>The sessions cannot be listed.</source>
        <translation>Die Sitzungen können nicht aufgelistet werden.</translation>
    </message>
    <message>
        <source>The session cannot be opened.</source>
        <translation>Die Sitzung kann nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>The library is not open yet. Try again in a moment.</source>
        <translation>Die Bibliothek ist noch nicht geöffnet. Gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The tags cannot be read.</source>
        <translation>Die Schlagwörter können nicht gelesen werden.</translation>
    </message>
</context>
<context>
    <name>app::desktop::EvidenceBridge</name>
    <message>
        <source>The library is still being opened.</source>
        <translation>Die Bibliothek wird noch geöffnet.</translation>
    </message>
    <message>
        <source>This desktop has no program that opens %1.</source>
        <translation>Auf diesem Desktop gibt es kein Programm, das %1 öffnet.</translation>
    </message>
</context>
<context>
    <name>app::desktop::IngestBridge</name>
    <message>
        <source>These files cannot be read now.</source>
        <translation>Diese Dateien können jetzt nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The library is not open.</source>
        <translation>Die Bibliothek ist nicht geöffnet.</translation>
    </message>
    <message>
        <source>Another program writes to the library. Close it first.</source>
        <translation>Ein anderes Programm schreibt in die Bibliothek. Erst dieses schließen.</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>Liest %1</translation>
    </message>
    <message>
        <source>Indexing %1/%2 passages</source>
        <translation>Nimmt Textstellen auf: %1/%2</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>Nimmt in den Suchindex auf</translation>
    </message>
    <message>
        <source>Reading stopped.</source>
        <translation>Lesen angehalten.</translation>
    </message>
    <message>
        <source>Pasted text %1</source>
        <translation>Eingefügter Text %1</translation>
    </message>
    <message>
        <source>Pasted picture %1</source>
        <translation>Eingefügtes Bild %1</translation>
    </message>
    <message>
        <source>Nothing was added.</source>
        <translation>Es wurde nichts hinzugefügt.</translation>
    </message>
    <message>
        <source>The file cannot be read again.</source>
        <translation>Die Datei kann nicht noch einmal gelesen werden.</translation>
    </message>
    <message>
        <source>The source cannot be removed.</source>
        <translation>Die Quelle kann nicht entfernt werden.</translation>
    </message>
    <message>
        <source>The source cannot be restored.</source>
        <translation>Die Quelle kann nicht wiederhergestellt werden.</translation>
    </message>
    <message>
        <source>The sample is not here.</source>
        <translation>Das Beispiel ist nicht da.</translation>
    </message>
</context>
<context>
    <name>app::desktop::ModelsBridge</name>
    <message>
        <source>%1 on disk · runs on the processor · text and speech; pages without text are read by OCR</source>
        <translation>%1 auf der Festplatte · läuft auf dem Prozessor · Text und Sprache; Seiten ohne Text werden per OCR gelesen</translation>
    </message>
    <message>
        <source>Download the small language model first.</source>
        <translation>Zuerst das kleine Sprachmodell herunterladen.</translation>
    </message>
    <message>
        <source>A server, with the starter models for reading</source>
        <translation>Ein Server, zum Lesen die Startmodelle</translation>
    </message>
    <message>
        <source>%1, with the starter models for reading</source>
        <translation>%1, zum Lesen die Startmodelle</translation>
    </message>
    <message>
        <source>Questions and the passages that answer them leave this computer.</source>
        <translation>Fragen und die Textstellen, die sie beantworten, verlassen diesen Computer.</translation>
    </message>
    <message>
        <source>Not installed yet: speech is not heard and places are found by words only.</source>
        <translation>Noch nicht installiert: Sprache wird nicht gehört, und Stellen werden nur nach Wörtern gefunden.</translation>
    </message>
    <message>
        <source>Not installed yet: places are found by words only.</source>
        <translation>Noch nicht installiert: Stellen werden nur nach Wörtern gefunden.</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen…</translation>
    </message>
    <message>
        <source>Loaded. Percept uses %1 of memory</source>
        <translation>Geladen. Percept belegt %1 Arbeitsspeicher</translation>
    </message>
    <message>
        <source>, %1 tok/s measured here</source>
        <translation>, %1 Tok/s hier gemessen</translation>
    </message>
    <message>
        <source>Ready. Loaded when it is first asked for.</source>
        <translation>Bereit. Wird geladen, sobald es gebraucht wird.</translation>
    </message>
    <message>
        <source>The models are here, every byte checked.</source>
        <translation>Die Modelle sind da, jedes Byte geprüft.</translation>
    </message>
    <message>
        <source>Download stopped at %1 of %2: %3 It goes on where it stopped.</source>
        <translation>Download angehalten bei %1 von %2: %3 Er geht dort weiter, wo er aufgehört hat.</translation>
    </message>
    <message>
        <source>%1 is as it was published, every byte.</source>
        <translation>%1 ist so, wie es veröffentlicht wurde, Byte für Byte.</translation>
    </message>
    <message>
        <source>Removed %1; %2 are free again.</source>
        <translation>%1 entfernt; %2 sind wieder frei.</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Listening to one minute of speech</source>
        <translation>Eine Minute Sprache hören</translation>
    </message>
    <message>
        <source>Making passages searchable</source>
        <translation>Textstellen durchsuchbar machen</translation>
    </message>
    <message>
        <source>Looking through %1…</source>
        <translation>Durchsucht %1…</translation>
    </message>
    <message>
        <source>Found and ready: %1.</source>
        <translation>Gefunden und bereit: %1.</translation>
    </message>
    <message>
        <source>It answers: %1.</source>
        <translation>Antwort erhalten: %1.</translation>
    </message>
    <message>
        <source>Loading the models</source>
        <translation>Laden der Modelle</translation>
    </message>
    <message>
        <source>First word</source>
        <translation>Erstes Wort</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>tok/s</source>
        <translation>Tok/s</translation>
    </message>
    <message>
        <source>One minute of speech</source>
        <translation>Eine Minute Sprache</translation>
    </message>
    <message>
        <source>Passages made searchable</source>
        <translation>Textstellen durchsuchbar gemacht</translation>
    </message>
    <message>
        <source>a second</source>
        <translation>pro Sekunde</translation>
    </message>
    <message>
        <source>Measured here, %1</source>
        <translation>Hier gemessen, %1</translation>
    </message>
    <message>
        <source>%1 tokens, %2 tok/s</source>
        <translation>%1 Token, %2 Tok/s</translation>
    </message>
    <message>
        <source>d MMMM hh:mm</source>
        <translation>d. MMMM, hh:mm</translation>
    </message>
    <message>
        <source>Starter</source>
        <translation>Startmodell</translation>
    </message>
    <message>
        <source>sees</source>
        <translation>sieht</translation>
    </message>
    <message>
        <source>hears</source>
        <translation>hört</translation>
    </message>
    <message>
        <source>It needs %1 of memory, and %2 were free when it was looked at. Close other programs, or choose a smaller model.</source>
        <translation>Es braucht %1 Arbeitsspeicher, und %2 waren frei, als es angesehen wurde. Andere Programme schließen oder ein kleineres Modell wählen.</translation>
    </message>
    <message>
        <source>%1 on disk · runs on the processor · text; %2 listens to recordings; pages without text are read by OCR</source>
        <translation>%1 auf der Festplatte · läuft auf dem Prozessor · Text; %2 hört Aufnahmen an; Seiten ohne Text liest OCR</translation>
    </message>
    <message>
        <source>%1, context of %2 tokens</source>
        <translation>%1, Kontext von %2 Token</translation>
    </message>
    <message>
        <source>%1, needs %2 of memory</source>
        <translation>%1, braucht %2 Arbeitsspeicher</translation>
    </message>
</context>
<context>
    <name>app::desktop::PlayerBridge</name>
    <message>
        <source>The library is still being opened.</source>
        <translation>Die Bibliothek wird noch geöffnet.</translation>
    </message>
</context>
<context>
    <name>app::desktop::SettingsBridge</name>
    <message>
        <source>Recordings</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Videos</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Office documents</source>
        <translation>Office-Dokumente</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>PDF documents</source>
        <translation>PDF-Dokumente</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Pictures out of videos</source>
        <translation>Bilder aus Videos</translation>
    </message>
    <message>
        <source>Text, search index and answers</source>
        <translation>Text, Suchindex und Antworten</translation>
    </message>
    <message>
        <source>questions and passages</source>
        <translation>Fragen und Textstellen</translation>
    </message>
    <message>
        <source>model files</source>
        <translation>Modelldateien</translation>
    </message>
    <message>
        <source>The settings were not stored. %1</source>
        <translation>Die Optionen wurden nicht gespeichert. %1</translation>
    </message>
    <message>
        <source>Percept: Apache License 2.0</source>
        <translation>Percept: Apache License 2.0</translation>
    </message>
    <message>
        <source>Qt %1: LGPL 3.0</source>
        <translation>Qt %1: LGPL 3.0</translation>
    </message>
    <message>
        <source>Lucide icons: ISC</source>
        <translation>Lucide-Symbole: ISC</translation>
    </message>
    <message>
        <source>Reading of files happens in a program of its own, percept-reader, with poppler and FFmpeg (GPL) and Tesseract (Apache 2.0)</source>
        <translation>Dateien liest ein eigenes Programm, percept-reader, mit poppler und FFmpeg (GPL) und Tesseract (Apache 2.0)</translation>
    </message>
    <message>
        <source>All others, with their texts: THIRD-PARTY.md beside the program</source>
        <translation>Alle übrigen, im Wortlaut: THIRD-PARTY.md beim Programm</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>Detected</source>
        <translation>Wird erkannt</translation>
    </message>
    <message>
        <source>The library has moved.</source>
        <translation>Die Bibliothek ist umgezogen.</translation>
    </message>
    <message>
        <source>Backed up to %1, %2. It was read back and compared.</source>
        <translation>Gesichert in %1, %2. Die Sicherung wurde zurückgelesen und verglichen.</translation>
    </message>
    <message>
        <source>The library is whole.</source>
        <translation>Die Bibliothek ist unbeschädigt.</translation>
    </message>
    <message>
        <source>The old copy is deleted: %1 are free again.</source>
        <translation>Die alte Kopie ist gelöscht: %1 sind wieder frei.</translation>
    </message>
</context>
<context>
    <name>app::desktop::StartBridge</name>
    <message>
        <source>Opening %1</source>
        <translation>Öffnet %1</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>Liest %1</translation>
    </message>
    <message>
        <source>Listening to %1</source>
        <translation>Hört %1</translation>
    </message>
    <message>
        <source>Making it searchable</source>
        <translation>Macht es durchsuchbar</translation>
    </message>
    <message>
        <source>Opening the sample</source>
        <translation>Öffnet das Beispiel</translation>
    </message>
</context>
<context>
    <name>app::desktop::StatusBridge</name>
    <message>
        <source>loading</source>
        <translation>lädt</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>No model is loaded; each loads when it is needed.</source>
        <translation>Kein Modell ist geladen; jedes wird geladen, wenn es gebraucht wird.</translation>
    </message>
    <message>
        <source>Loaded: %1</source>
        <translation>Geladen: %1</translation>
    </message>
    <message>
        <source>Download paused</source>
        <translation>Laden angehalten</translation>
    </message>
    <message>
        <source>Download failed</source>
        <translation>Laden fehlgeschlagen</translation>
    </message>
    <message>
        <source>Downloading models</source>
        <translation>Modelle werden geladen</translation>
    </message>
    <message>
        <source>models missing</source>
        <translation>Modelle fehlen</translation>
    </message>
    <message>
        <source>Documents can be read; speech and meaning need the models.</source>
        <translation>Dokumente können gelesen werden; Sprache und Bedeutung brauchen die Modelle.</translation>
    </message>
    <message>
        <source>Starter model</source>
        <translation>Startmodell</translation>
    </message>
</context>
<context>
    <name>app::desktop::Window</name>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>A model is being downloaded</source>
        <translation>Ein Modell wird heruntergeladen</translation>
    </message>
    <message>
        <source>The report is in the clipboard. It holds no words of yours.</source>
        <translation>Der Bericht liegt in der Zwischenablage. Er enthält keine eigenen Texte.</translation>
    </message>
    <message>
        <source>Reading files</source>
        <translation>Liest Dateien</translation>
    </message>
    <message>
        <source>answering</source>
        <translation>antwortet</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>liest</translation>
    </message>
    <message>
        <source>Back to the library</source>
        <translation>Zurück zur Bibliothek</translation>
    </message>
    <message>
        <source>Back to Ask</source>
        <translation>Zurück zu Fragen</translation>
    </message>
    <message>
        <source>Drop to begin a session with it</source>
        <translation>Ablegen, um damit eine Sitzung zu beginnen</translation>
    </message>
    <message>
        <source>Drop to add to “%1”</source>
        <translation>Ablegen, um es zu „%1“ hinzuzufügen</translation>
    </message>
    <message>
        <source>Starter model</source>
        <translation>Startmodell</translation>
    </message>
</context>
<context>
    <name>ui</name>
    <message>
        <source>Quoted from your sources</source>
        <translation>Aus den Quellen zitiert</translation>
    </message>
    <message>
        <source>Written by %1</source>
        <translation>Geschrieben von %1</translation>
    </message>
    <message>
        <source>a model</source>
        <translation>einem Modell</translation>
    </message>
    <message>
        <source>, page %1</source>
        <translation>, Seite %1</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Not covered</source>
        <translation>Nicht abgedeckt</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>dddd d MMMM</source>
        <extracomment>day of the week, day and month, as in &quot;Monday 9 November&quot;</extracomment>
        <translation>dddd, d. MMMM</translation>
    </message>
    <message>
        <source>dddd d MMMM yyyy</source>
        <translation>dddd, d. MMMM yyyy</translation>
    </message>
    <message>
        <source>1 page</source>
        <translation>1 Seite</translation>
    </message>
    <message>
        <source>%1 pages</source>
        <translation>%1 Seiten</translation>
    </message>
    <message>
        <source>1 second</source>
        <translation>1 Sekunde</translation>
    </message>
    <message>
        <source>%1 seconds</source>
        <translation>%1 Sekunden</translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation>1 Minute</translation>
    </message>
    <message>
        <source>%1 minutes</source>
        <translation>%1 Minuten</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>opening</source>
        <translation>wird geöffnet</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>liest</translation>
    </message>
    <message>
        <source>reading page %1 of %2</source>
        <translation>liest Seite %1 von %2</translation>
    </message>
    <message>
        <source>watching, %1 of %2</source>
        <translation>sieht sich an, %1 von %2</translation>
    </message>
    <message>
        <source>listening, %1 of %2</source>
        <translation>hört, %1 von %2</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>scanned</source>
        <translation>gescannt</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>Wird geöffnet</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Liest</translation>
    </message>
    <message>
        <source>Reading %1/%2 pages</source>
        <translation>Liest %1/%2 Seiten</translation>
    </message>
    <message>
        <source>Watching</source>
        <translation>Sieht sich an</translation>
    </message>
    <message>
        <source>Watching %1/%2</source>
        <translation>Sieht sich an %1/%2</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Hört</translation>
    </message>
    <message>
        <source>Watching %1/%2, listening</source>
        <translation>Sieht sich an %1/%2, hört</translation>
    </message>
    <message>
        <source>Listening %1/%2</source>
        <translation>Hört %1/%2</translation>
    </message>
    <message>
        <source>Ready, 1 page failed</source>
        <translation>Bereit, 1 Seite nicht lesbar</translation>
    </message>
    <message>
        <source>Ready, %1 pages failed</source>
        <translation>Bereit, %1 Seiten nicht lesbar</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Stopped, what was read is kept</source>
        <translation>Angehalten, Gelesenes bleibt</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>Nicht gelesen</translation>
    </message>
    <message>
        <source>Needs a password</source>
        <translation>Braucht ein Passwort</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>%1 ready</source>
        <translation>%1 bereit</translation>
    </message>
    <message>
        <source>%1 in progress</source>
        <translation>%1 in Arbeit</translation>
    </message>
    <message>
        <source>%1 stopped</source>
        <translation>%1 angehalten</translation>
    </message>
    <message>
        <source>1 needs you</source>
        <translation>1 wartet auf Eingabe</translation>
    </message>
    <message>
        <source>%1 need you</source>
        <translation>%1 warten auf Eingabe</translation>
    </message>
    <message>
        <source>about %1 min left</source>
        <translation>noch etwa %1 min</translation>
    </message>
    <message>
        <source>No sources</source>
        <translation>Keine Quellen</translation>
    </message>
    <message>
        <source>1 source</source>
        <translation>1 Quelle</translation>
    </message>
    <message>
        <source>%1 sources</source>
        <translation>%1 Quellen</translation>
    </message>
    <message>
        <source>&amp;New session</source>
        <translation>&amp;Neue Sitzung</translation>
    </message>
    <message>
        <source>&amp;Open files…</source>
        <translation>&amp;Dateien öffnen…</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>&amp;Ordner öffnen…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Paste as a source</source>
        <translation>Als &amp;Quelle einfügen</translation>
    </message>
    <message>
        <source>&amp;Find here</source>
        <translation>Hier &amp;suchen</translation>
    </message>
    <message>
        <source>Copy answer as &amp;Markdown</source>
        <translation>Antwort als &amp;Markdown kopieren</translation>
    </message>
    <message>
        <source>Copy answer as &amp;text</source>
        <translation>Antwort als &amp;Text kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;quote</source>
        <translation>&amp;Zitat kopieren</translation>
    </message>
    <message>
        <source>&amp;Search everything</source>
        <translation>&amp;Alles durchsuchen</translation>
    </message>
    <message>
        <source>&amp;Ask</source>
        <translation>&amp;Fragen</translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation>&amp;Bibliothek</translation>
    </message>
    <message>
        <source>&amp;Models</source>
        <translation>&amp;Modelle</translation>
    </message>
    <message>
        <source>Se&amp;ttings</source>
        <translation>&amp;Optionen</translation>
    </message>
    <message>
        <source>List &amp;pane</source>
        <translation>&amp;Listenbereich</translation>
    </message>
    <message>
        <source>&amp;Evidence pane</source>
        <translation>Bel&amp;egbereich</translation>
    </message>
    <message>
        <source>Ne&amp;xt pane</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <source>P&amp;revious pane</source>
        <translation>&amp;Voriger Bereich</translation>
    </message>
    <message>
        <source>First &amp;steps</source>
        <translation>Erste &amp;Schritte</translation>
    </message>
    <message>
        <source>&amp;Send question</source>
        <translation>&amp;Frage senden</translation>
    </message>
    <message>
        <source>&amp;Edit last question</source>
        <translation>&amp;Letzte Frage bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Ask again</source>
        <translation>&amp;Erneut fragen</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>S&amp;ources</source>
        <translation>&amp;Quellen</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>Ta&amp;gs…</source>
        <translation>&amp;Schlagwörter…</translation>
    </message>
    <message>
        <source>&amp;Pin</source>
        <translation>Anhef&amp;ten</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>Lösc&amp;hen</translation>
    </message>
    <message>
        <source>&amp;Next citation</source>
        <translation>&amp;Nächstes Zitat</translation>
    </message>
    <message>
        <source>&amp;Previous citation</source>
        <translation>&amp;Voriges Zitat</translation>
    </message>
    <message>
        <source>&amp;Open with another program</source>
        <translation>Mit anderem &amp;Programm öffnen</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>&amp;Fit width</source>
        <translation>Auf &amp;Breite einpassen</translation>
    </message>
    <message>
        <source>&amp;Thumbnails</source>
        <translation>&amp;Seitenübersicht</translation>
    </message>
    <message>
        <source>P&amp;lay or pause</source>
        <translation>&amp;Abspielen oder pausieren</translation>
    </message>
    <message>
        <source>5 s &amp;back</source>
        <translation>5 s &amp;zurück</translation>
    </message>
    <message>
        <source>5 s for&amp;ward</source>
        <translation>5 s vo&amp;r</translation>
    </message>
    <message>
        <source>One frame ba&amp;ck</source>
        <translation>Ein Bild zurü&amp;ck</translation>
    </message>
    <message>
        <source>One frame forwar&amp;d</source>
        <translation>Ein Bild v&amp;or</translation>
    </message>
    <message>
        <source>&amp;Guide</source>
        <translation>&amp;Anleitung</translation>
    </message>
    <message>
        <source>All &amp;keys</source>
        <translation>Alle &amp;Tasten</translation>
    </message>
    <message>
        <source>Copy &amp;report</source>
        <translation>&amp;Bericht kopieren</translation>
    </message>
    <message>
        <source>&amp;About Percept</source>
        <translation>Übe&amp;r Percept</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>&amp;Sitzung</translation>
    </message>
    <message>
        <source>E&amp;vidence</source>
        <translation>Be&amp;lege</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>keine Taste</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Alle Tasten</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Tab and Shift+Tab go from control to control, arrows from row to row, Enter opens, Space presses. Esc stops, closes, or leaves the innermost thing. Alt shows the menu with every action.</source>
        <translation>Tab und Umschalt+Tab gehen von Bedienelement zu Bedienelement, Pfeiltasten von Zeile zu Zeile, Enter öffnet, die Leertaste drückt. Esc hält an, schließt oder verlässt das Innerste. Alt zeigt das Menü mit allen Aktionen.</translation>
    </message>
    <message>
        <source>%1 session</source>
        <translation>%1 Sitzung</translation>
    </message>
    <message>
        <source>%1 sessions</source>
        <translation>%1 Sitzungen</translation>
    </message>
    <message>
        <source>%1 session deleted</source>
        <translation>%1 Sitzung gelöscht</translation>
    </message>
    <message>
        <source>%1 sessions deleted</source>
        <translation>%1 Sitzungen gelöscht</translation>
    </message>
    <message>
        <source>%1 PDF</source>
        <translation>%1 PDF</translation>
    </message>
    <message>
        <source>%1 PDFs</source>
        <translation>%1 PDFs</translation>
    </message>
    <message>
        <source>%1 document</source>
        <translation>%1 Dokument</translation>
    </message>
    <message>
        <source>%1 documents</source>
        <translation>%1 Dokumente</translation>
    </message>
    <message>
        <source>%1 text</source>
        <translation>%1 Text</translation>
    </message>
    <message>
        <source>%1 texts</source>
        <translation>%1 Texte</translation>
    </message>
    <message>
        <source>%1 picture</source>
        <translation>%1 Bild</translation>
    </message>
    <message>
        <source>%1 pictures</source>
        <translation>%1 Bilder</translation>
    </message>
    <message>
        <source>%1 recording</source>
        <translation>%1 Aufnahme</translation>
    </message>
    <message>
        <source>%1 recordings</source>
        <translation>%1 Aufnahmen</translation>
    </message>
    <message>
        <source>%1 video</source>
        <translation>%1 Video</translation>
    </message>
    <message>
        <source>%1 videos</source>
        <translation>%1 Videos</translation>
    </message>
    <message>
        <source>no sources</source>
        <translation>keine Quellen</translation>
    </message>
    <message>
        <source>%1 source</source>
        <translation>%1 Quelle</translation>
    </message>
    <message>
        <source>%1 long</source>
        <translation>Dauer %1</translation>
    </message>
    <message>
        <source>tagged %1</source>
        <translation>Schlagwort %1</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <translation>d. MMMM</translation>
    </message>
    <message>
        <source>d</source>
        <translation>d.</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>%1, %2 on this computer</source>
        <translation>%1, %2 auf diesem Computer</translation>
    </message>
    <message>
        <source>Said</source>
        <translation>Gesagt</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>Gezeigt</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Beantwortet</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>answer %1</source>
        <translation>Antwort %1</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>nichts gefunden</translation>
    </message>
    <message>
        <source>more than %1 place</source>
        <translation>mehr als %1 Stelle</translation>
    </message>
    <message>
        <source>%1 place</source>
        <translation>%1 Stelle</translation>
    </message>
    <message>
        <source>more than %1 places</source>
        <translation>mehr als %1 Stellen</translation>
    </message>
    <message>
        <source>%1 places</source>
        <translation>%1 Stellen</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>Found by words in every language, by meaning in English only.</source>
        <translation>Nach Wörtern in jeder Sprache gefunden, nach Bedeutung nur auf Englisch.</translation>
    </message>
    <message>
        <source>Found by words only: the model that finds meaning is not installed.</source>
        <translation>Nur nach Wörtern gefunden: das Modell für die Bedeutung ist nicht installiert.</translation>
    </message>
    <message>
        <source>Unknown day</source>
        <translation>Tag unbekannt</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <source>no place</source>
        <translation>keine Stelle</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>part %1</source>
        <translation>Teil %1</translation>
    </message>
    <message>
        <source>p. %1</source>
        <translation>S. %1</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>noch %1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s left</source>
        <translation>noch %1 min %2 s</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>noch %1 min</translation>
    </message>
    <message>
        <source>about %1 h left</source>
        <translation>noch etwa %1 h</translation>
    </message>
    <message>
        <source>place not found</source>
        <translation>Stelle nicht gefunden</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>bei %1</translation>
    </message>
    <message>
        <source>the picture</source>
        <translation>das Bild</translation>
    </message>
    <message>
        <source>page %1</source>
        <translation>Seite %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Citation %1, %2, %3</source>
        <translation>Zitat %1, %2, %3</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Menus</source>
        <translation>Menüs</translation>
    </message>
</context>
<context>
    <name>ui::AboutPage</name>
    <message>
        <source>About</source>
        <translation>Über Percept</translation>
    </message>
    <message>
        <source>Percept</source>
        <translation>Percept</translation>
    </message>
    <message>
        <source>Open the guide</source>
        <translation>Anleitung öffnen</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>Anleitung</translation>
    </message>
    <message>
        <source>How everything is done, task by task.</source>
        <translation>Wie alles gemacht wird, Aufgabe für Aufgabe.</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>What works on this machine and what does not, for whoever helps you. It holds none of your words, and nobody gets it unless you send it.</source>
        <translation>Was auf diesem Rechner geht und was nicht, für alle, die helfen. Er enthält keine eigenen Texte, und niemand bekommt ihn ungefragt.</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>Version %1. A private desktop agent: everything runs on this computer.</source>
        <translation>Version %1. Ein privater Desktop-Agent: alles läuft auf diesem Computer.</translation>
    </message>
</context>
<context>
    <name>ui::AnswerBox</name>
    <message>
        <source>Nearest places</source>
        <translation>Nächstliegende Stellen</translation>
    </message>
</context>
<context>
    <name>ui::AppearancePage</name>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>System follows the desktop, also when it changes in the evening.</source>
        <translation>„System“ folgt dem Desktop, auch wenn er am Abend wechselt.</translation>
    </message>
</context>
<context>
    <name>ui::AskView</name>
    <message>
        <source>Drop to add to this session</source>
        <translation>Zum Hinzufügen hier ablegen</translation>
    </message>
    <message>
        <source>More for this session</source>
        <translation>Mehr zu dieser Sitzung</translation>
    </message>
    <message>
        <source>Session name</source>
        <translation>Name der Sitzung</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>Neue Sitzung</translation>
    </message>
    <message>
        <source>%1, reading</source>
        <translation>%1, liest</translation>
    </message>
    <message>
        <source>Sources: everything in the library</source>
        <translation>Quellen: alles in der Bibliothek</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Will use %1 of %2 sources</source>
        <translation>Nutzt %1 von %2 Quellen</translation>
    </message>
    <message>
        <source>%1 of %2 sources</source>
        <translation>%1 von %2 Quellen</translation>
    </message>
    <message>
        <source>Sources: this session only</source>
        <translation>Quellen: nur diese Sitzung</translation>
    </message>
    <message>
        <source>This session only</source>
        <translation>Nur diese Sitzung</translation>
    </message>
    <message>
        <source>Ask about your files, or anything you kept</source>
        <translation>Nach den Dateien fragen oder nach allem Aufbewahrten</translation>
    </message>
    <message>
        <source>Ask a follow-up</source>
        <translation>Weiterfragen</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Dateien hinzufügen…</translation>
    </message>
    <message>
        <source>Paste as a source</source>
        <translation>Als Quelle einfügen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Pin to the top</source>
        <translation>Oben anheften</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Nothing is kept now.</source>
        <translation>Zurzeit wird nichts aufbewahrt.</translation>
    </message>
    <message>
        <source>1 file was not read to its end.</source>
        <translation>1 Datei wurde nicht zu Ende gelesen.</translation>
    </message>
    <message>
        <source>%1 files were not read to their end.</source>
        <translation>%1 Dateien wurden nicht zu Ende gelesen.</translation>
    </message>
    <message>
        <source>What was read is kept.</source>
        <translation>Das Gelesene bleibt erhalten.</translation>
    </message>
    <message>
        <source>Go on reading 1 file</source>
        <translation>1 Datei weiterlesen</translation>
    </message>
    <message>
        <source>Go on reading %1 files</source>
        <translation>%1 Dateien weiterlesen</translation>
    </message>
    <message>
        <source>There is nothing on the clipboard that can be read.</source>
        <translation>In der Zwischenablage ist nichts, was sich lesen lässt.</translation>
    </message>
    <message>
        <source>Choose files</source>
        <translation>Dateien wählen</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Answer copied as Markdown</source>
        <translation>Antwort als Markdown kopiert</translation>
    </message>
    <message>
        <source>Answer copied</source>
        <translation>Antwort kopiert</translation>
    </message>
    <message>
        <source>Removed “%1”</source>
        <translation>„%1“ entfernt</translation>
    </message>
    <message>
        <source>Deleted “%1”</source>
        <translation>„%1“ gelöscht</translation>
    </message>
    <message>
        <source>Open summary and transcript</source>
        <translation>Zusammenfassung und Transkript öffnen</translation>
    </message>
    <message>
        <source>Tags…</source>
        <translation>Schlagwörter…</translation>
    </message>
</context>
<context>
    <name>ui::Banner</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ui::Chip</name>
    <message>
        <source>%1 %2</source>
        <comment>chip and its count</comment>
        <translation>%1 %2</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n results</source>
        <translation>
            <numerusform>%1, %n Ergebnis</numerusform>
            <numerusform>%1, %n Ergebnisse</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::CitedText</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>ui::Columns</name>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
</context>
<context>
    <name>ui::Composer</name>
    <message>
        <source>Add files (Ctrl+O)</source>
        <translation>Dateien hinzufügen (Strg+O)</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Antwort anhalten</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Ctrl Enter</source>
        <translation>Strg Enter</translation>
    </message>
    <message>
        <source>This session only</source>
        <translation>Nur diese Sitzung</translation>
    </message>
    <message>
        <source>Everything in the library</source>
        <translation>Alles in der Bibliothek</translation>
    </message>
</context>
<context>
    <name>ui::Conversation</name>
    <message>
        <source>Conversation</source>
        <translation>Unterhaltung</translation>
    </message>
</context>
<context>
    <name>ui::CropView</name>
    <message>
        <source>The cited lines, enlarged</source>
        <translation>Die zitierten Zeilen, vergrößert</translation>
    </message>
    <message>
        <source>The cited row, enlarged</source>
        <translation>Die zitierte Zeile, vergrößert</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>ui::DocumentView</name>
    <message>
        <source>Show small pages</source>
        <translation>Seitenübersicht zeigen</translation>
    </message>
    <message>
        <source>Page number</source>
        <translation>Seitenzahl</translation>
    </message>
    <message>
        <source>Find in this document (Ctrl+F)</source>
        <translation>In diesem Dokument suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Size of the page</source>
        <translation>Größe der Seite</translation>
    </message>
    <message>
        <source>Fit width</source>
        <translation>Auf Breite einpassen</translation>
    </message>
    <message>
        <source>Fit page</source>
        <translation>Ganze Seite</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Size of the page, %1</source>
        <translation>Größe der Seite, %1</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
</context>
<context>
    <name>ui::DropTarget</name>
    <message>
        <source>%1 is on the network. Percept reads files of this computer: save it first, then drop the file.</source>
        <translation>%1 liegt im Netz. Percept liest Dateien dieses Computers: erst speichern, dann die Datei ablegen.</translation>
    </message>
    <message>
        <source>There is nothing in this that can be read. Drop files, text or a picture.</source>
        <translation>Hier ist nichts, was sich lesen lässt. Dateien, Text oder ein Bild ablegen.</translation>
    </message>
</context>
<context>
    <name>ui::EmptySession</name>
    <message>
        <source>Drop files or choose files</source>
        <translation>Dateien ablegen oder wählen</translation>
    </message>
    <message>
        <source>Drop documents, recordings or videos here</source>
        <translation>Dokumente, Aufnahmen oder Videos hier ablegen</translation>
    </message>
    <message>
        <source>PDF, Word, PowerPoint, images, audio, video or a whole folder. Percept reads pages as pictures, so scans work too.</source>
        <translation>PDF, Word, PowerPoint, Bilder, Ton, Video oder ein ganzer Ordner. Percept liest Seiten als Bilder, darum geht auch Gescanntes.</translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation>Dateien wählen…</translation>
    </message>
    <message>
        <source>Ctrl O</source>
        <translation>Strg O</translation>
    </message>
    <message>
        <source>Or ask without files:</source>
        <translation>Oder so fragen:</translation>
    </message>
    <message>
        <source>Try the sample session</source>
        <translation>Beispielsitzung öffnen</translation>
    </message>
    <message>
        <source>Or begin without files:</source>
        <translation>Oder ohne Dateien:</translation>
    </message>
</context>
<context>
    <name>ui::EnginePage</name>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Fewer leave more of the processor to other programs; answers then take longer.</source>
        <translation>Weniger lassen anderen Programmen mehr vom Prozessor; Antworten dauern dann länger.</translation>
    </message>
    <message>
        <source>The models open when they are first asked for.</source>
        <translation>Die Modelle öffnen sich, sobald sie gebraucht werden.</translation>
    </message>
</context>
<context>
    <name>ui::EngineTest</name>
    <message>
        <source>The small language model writes fluently and does not reason. What it writes here is no answer: it knows nothing of your files and is kept nowhere.</source>
        <translation>Das kleine Sprachmodell schreibt flüssig und denkt nicht nach. Was es hier schreibt, ist keine Antwort: es weiß nichts von den Dateien, und nichts davon wird aufbewahrt.</translation>
    </message>
    <message>
        <source>Something to write about</source>
        <translation>Worüber es schreiben soll</translation>
    </message>
    <message>
        <source>Prompt of the engine test</source>
        <translation>Vorgabe für den Engine-Test</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>What the model writes</source>
        <translation>Was das Modell schreibt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop the engine test</source>
        <translation>Engine-Test anhalten</translation>
    </message>
    <message>
        <source>Run the engine test</source>
        <translation>Engine-Test starten</translation>
    </message>
</context>
<context>
    <name>ui::EvidencePane</name>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Previous citation</source>
        <translation>Voriges Zitat</translation>
    </message>
    <message>
        <source>Next citation</source>
        <translation>Nächstes Zitat</translation>
    </message>
    <message>
        <source>Close evidence (Ctrl+E)</source>
        <translation>Belege schließen (Strg+E)</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Ask about this place</source>
        <translation>Zu dieser Stelle fragen</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>About %1: </source>
        <translation>Zu %1: </translation>
    </message>
    <message>
        <source>About “%1” (%2): </source>
        <translation>Zu „%1“ (%2): </translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>Nichts gewählt</translation>
    </message>
    <message>
        <source>Follow a citation to see its page, its picture or its sound.</source>
        <translation>Ein Zitat anklicken, um seine Seite oder sein Bild zu sehen oder seinen Ton zu hören.</translation>
    </message>
    <message>
        <source>Opening %1</source>
        <translation>Öffnet %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Page %1</source>
        <translation>Seite %1</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>Seite %1 von %2</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>%1 · citation %2 of %3</source>
        <translation>%1 · Zitat %2 von %3</translation>
    </message>
    <message>
        <source>%1 · place %2 of %3</source>
        <translation>%1 · Stelle %2 von %3</translation>
    </message>
    <message>
        <source>%1 · place not found</source>
        <translation>%1 · Stelle nicht gefunden</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy quote</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Open page</source>
        <translation>Seite öffnen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open file</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>Open the stored copy with the program of this desktop</source>
        <translation>Die gespeicherte Kopie mit dem Programm dieses Desktops öffnen</translation>
    </message>
    <message>
        <source>Quote copied</source>
        <translation>Zitat kopiert</translation>
    </message>
</context>
<context>
    <name>ui::ExchangeWidget</name>
    <message>
        <source>Possible</source>
        <translation>Möglich</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>Als Markdown kopieren</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut fragen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>More for this answer</source>
        <translation>Mehr zu dieser Antwort</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>Text kopieren</translation>
    </message>
    <message>
        <source>Edit question</source>
        <translation>Frage bearbeiten</translation>
    </message>
    <message>
        <source>No answer:</source>
        <translation>Keine Antwort:</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>Possible:</source>
        <translation>Möglich:</translation>
    </message>
    <message>
        <source>the match is weak. Look at the places before you rely on it.</source>
        <translation>die Übereinstimmung ist schwach. Die Stellen ansehen, bevor man sich darauf verlässt.</translation>
    </message>
    <message>
        <source>Not covered:</source>
        <translation>Nicht abgedeckt:</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Looking through your sources</source>
        <translation>Durchsucht die Quellen</translation>
    </message>
    <message>
        <source>The model reads what was found: %1 %</source>
        <translation>Das Modell liest, was gefunden wurde: %1 %</translation>
    </message>
    <message>
        <source>The model thinks</source>
        <translation>Das Modell denkt nach</translation>
    </message>
</context>
<context>
    <name>ui::ExportPanel</name>
    <message>
        <source>Markdown: text with its sources</source>
        <translation>Markdown: Text mit seinen Quellen</translation>
    </message>
    <message>
        <source>Word document (DOCX)</source>
        <translation>Word-Dokument (DOCX)</translation>
    </message>
    <message>
        <source>PDF, to print or to send</source>
        <translation>PDF, zum Drucken oder Verschicken</translation>
    </message>
    <message>
        <source>Subtitles (SRT) of a recording</source>
        <translation>Untertitel (SRT) einer Aufnahme</translation>
    </message>
    <message>
        <source>Subtitles for the web (VTT) of a recording</source>
        <translation>Untertitel fürs Web (VTT) einer Aufnahme</translation>
    </message>
    <message>
        <source>JSON, for other programs</source>
        <translation>JSON, für andere Programme</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Written to</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Export “%1”</source>
        <translation>„%1“ exportieren</translation>
    </message>
    <message>
        <source>Export %1 sessions</source>
        <translation>%1 Sitzungen exportieren</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Writing %1, %2 of %3</source>
        <translation>Schreibt %1, %2 von %3</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>Schreibt %1</translation>
    </message>
    <message>
        <source>“%1” exists already.</source>
        <translation>„%1“ gibt es schon.</translation>
    </message>
    <message>
        <source>%1 of these files exist already.</source>
        <translation>%1 dieser Dateien gibt es schon.</translation>
    </message>
    <message>
        <source>Nothing was written yet.</source>
        <translation>Noch wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace them</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>Es wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>%1 written, %2 not.</source>
        <translation>%1 geschrieben, %2 nicht.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>%1 files were written.</source>
        <translation>%1 Dateien wurden geschrieben.</translation>
    </message>
    <message>
        <source>%1 files in %2</source>
        <translation>%1 Dateien in %2</translation>
    </message>
    <message>
        <source>Written:</source>
        <translation>Geschrieben:</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>ui::FilterModel</name>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Videos</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>Diese Woche</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>Diesen Monat</translation>
    </message>
    <message>
        <source>Choose dates…</source>
        <translation>Zeitraum wählen…</translation>
    </message>
</context>
<context>
    <name>ui::FilterPane</name>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Was gezeigt wird</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Show these days</source>
        <translation>Diese Tage zeigen</translation>
    </message>
    <message>
        <source>Days that are shown</source>
        <translation>Tage, die gezeigt werden</translation>
    </message>
</context>
<context>
    <name>ui::HelpView</name>
    <message>
        <source>Guide</source>
        <translation>Anleitung</translation>
    </message>
    <message>
        <source>Search the guide</source>
        <translation>Anleitung durchsuchen</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>What works on this machine and what does not, for whoever helps you</source>
        <translation>Was auf diesem Rechner geht und was nicht, für alle, die helfen</translation>
    </message>
    <message>
        <source>Close the guide</source>
        <translation>Anleitung schließen</translation>
    </message>
    <message>
        <source>Pages of the guide</source>
        <translation>Seiten der Anleitung</translation>
    </message>
    <message>
        <source>Page of the guide</source>
        <translation>Seite der Anleitung</translation>
    </message>
    <message numerus="yes">
        <source>%n pages</source>
        <translation>
            <numerusform>%n Seite</numerusform>
            <numerusform>%n Seiten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::KeyCap</name>
    <message>
        <source>Key %1</source>
        <translation>Taste %1</translation>
    </message>
</context>
<context>
    <name>ui::KeysPage</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
        <source>Choose an action, then press its new key. Single letters act only while no text field has the focus.</source>
        <translation>Eine Aktion wählen, dann ihre neue Taste drücken. Einzelne Buchstaben wirken nur, solange kein Textfeld den Fokus hat.</translation>
    </message>
    <message>
        <source>Shortcuts, hotkeys of all actions</source>
        <translation>Tastenkürzel, Tasten aller Aktionen</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neue Taste</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Keine Taste</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>Reset all keys</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>All keys as they were</source>
        <translation>Alle Tasten wie zuvor</translation>
    </message>
    <message>
        <source>Takes back every change.</source>
        <translation>Nimmt jede Änderung zurück.</translation>
    </message>
    <message>
        <source>All keys are the defaults again.</source>
        <translation>Alle Tasten haben wieder ihre Vorgabe.</translation>
    </message>
    <message>
        <source>Changed; it was %1</source>
        <translation>Geändert; vorher %1</translation>
    </message>
    <message>
        <source>%1, no key</source>
        <translation>%1, keine Taste</translation>
    </message>
    <message>
        <source>%1, key %2</source>
        <translation>%1, Taste %2</translation>
    </message>
    <message>
        <source>Key for “%1”</source>
        <translation>Taste für „%1“</translation>
    </message>
    <message>
        <source>%1 was the key of “%2”, which has none now.</source>
        <translation>%1 war die Taste von „%2“, das jetzt keine mehr hat.</translation>
    </message>
</context>
<context>
    <name>ui::LanguagesPage</name>
    <message>
        <source>Languages</source>
        <translation>Sprachen</translation>
    </message>
    <message>
        <source>Reading pictures of pages</source>
        <translation>Bilder von Seiten lesen</translation>
    </message>
    <message>
        <source>Scans, photos and pages without text are read by OCR in these languages. Each one more makes reading slower.</source>
        <translation>Gescanntes, Fotos und Seiten ohne Text werden per OCR in diesen Sprachen gelesen. Jede weitere macht das Lesen langsamer.</translation>
    </message>
    <message>
        <source>Languages of OCR</source>
        <translation>Sprachen der OCR</translation>
    </message>
    <message>
        <source>Scans, photos, Tesseract</source>
        <translation>Gescanntes, Fotos, Tesseract</translation>
    </message>
    <message>
        <source>Hearing speech</source>
        <translation>Sprache hören</translation>
    </message>
    <message>
        <source>Language of recordings</source>
        <translation>Sprache der Aufnahmen</translation>
    </message>
    <message>
        <source>Detected for each recording. Name it where short recordings are taken for another one.</source>
        <translation>Wird für jede Aufnahme erkannt. Hier festlegen, wenn kurze Aufnahmen verwechselt werden.</translation>
    </message>
    <message>
        <source>No language is installed, so pictures of pages stay unread. Install one with: apt install tesseract-ocr-eng</source>
        <translation>Keine Sprache ist installiert, darum bleiben Bilder von Seiten ungelesen. Eine installieren mit: apt install tesseract-ocr-eng</translation>
    </message>
    <message>
        <source>Installed on this computer. For more, install tesseract-ocr-LANGUAGE with your package manager; it appears here at the next start.</source>
        <translation>Auf diesem Computer installiert. Für weitere tesseract-ocr-SPRACHE mit der Paketverwaltung installieren; sie erscheint hier beim nächsten Start.</translation>
    </message>
    <message>
        <source>One language has to stay.</source>
        <translation>Eine Sprache muss bleiben.</translation>
    </message>
</context>
<context>
    <name>ui::LibraryView</name>
    <message>
        <source>Session %1</source>
        <translation>Sitzung %1</translation>
    </message>
    <message>
        <source>Open session here</source>
        <translation>Sitzung hier öffnen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Ask about this session</source>
        <translation>Zu dieser Sitzung fragen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Tags…</source>
        <translation>Schlagwörter…</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Delete this session</source>
        <translation>Diese Sitzung löschen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>“%1” deleted</source>
        <translation>„%1“ gelöscht</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>Exportiert nach %1</translation>
    </message>
    <message>
        <source>Search everything said, shown, read and answered</source>
        <translation>Alles Gesagte, Gezeigte, Gelesene und Beantwortete durchsuchen</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Places found</source>
        <translation>Gefundene Stellen</translation>
    </message>
    <message>
        <source>searching</source>
        <translation>sucht</translation>
    </message>
    <message>
        <source>Get it</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Nothing found for “%1” here</source>
        <translation>Hier nichts gefunden zu „%1“</translation>
    </message>
    <message>
        <source>Only a part of the library was searched.</source>
        <translation>Nur ein Teil der Bibliothek wurde durchsucht.</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>Alles durchsuchen</translation>
    </message>
    <message>
        <source>Nothing found for “%1”</source>
        <translation>Nichts gefunden zu „%1“</translation>
    </message>
    <message>
        <source>Try fewer or other words.</source>
        <translation>Weniger oder andere Wörter versuchen.</translation>
    </message>
    <message>
        <source>Ask it</source>
        <translation>Danach fragen</translation>
    </message>
    <message>
        <source>No session fits</source>
        <translation>Keine Sitzung passt</translation>
    </message>
    <message>
        <source>The list on the left shows a part of the library only.</source>
        <translation>Die Liste links zeigt nur einen Teil der Bibliothek.</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Nothing is kept yet</source>
        <translation>Noch nichts aufbewahrt</translation>
    </message>
    <message>
        <source>Sessions appear here with their documents, recordings and answers.</source>
        <translation>Hier erscheinen Sitzungen mit ihren Dokumenten, Aufnahmen und Antworten.</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>Neue Sitzung</translation>
    </message>
    <message>
        <source>Open summary and transcript</source>
        <translation>Zusammenfassung und Transkript öffnen</translation>
    </message>
</context>
<context>
    <name>ui::MachinePanel</name>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>Grafikkarte</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Festplatte</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the speed test</source>
        <translation>Tempomessung abbrechen</translation>
    </message>
    <message>
        <source>%1 of %2 used</source>
        <translation>%1 von %2 belegt</translation>
    </message>
    <message>
        <source>Memory, %1, Percept %2</source>
        <translation>Arbeitsspeicher, %1, Percept %2</translation>
    </message>
    <message>
        <source>Percept %1</source>
        <translation>Percept %1</translation>
    </message>
    <message>
        <source>%1 left of %2</source>
        <translation>%1 von %2 frei</translation>
    </message>
    <message>
        <source>Disk, %1, models %2</source>
        <translation>Festplatte, %1, Modelle %2</translation>
    </message>
    <message>
        <source>Models %1</source>
        <translation>Modelle %1</translation>
    </message>
    <message>
        <source>Speed test, %1</source>
        <translation>Tempomessung, %1</translation>
    </message>
    <message>
        <source>Not measured yet.</source>
        <translation>Noch nicht gemessen.</translation>
    </message>
</context>
<context>
    <name>ui::MainWindow</name>
    <message>
        <source>Percept</source>
        <translation>Percept</translation>
    </message>
    <message>
        <source>List (Ctrl+\)</source>
        <translation>Liste (Strg+\)</translation>
    </message>
    <message>
        <source>Show the list</source>
        <translation>Liste zeigen</translation>
    </message>
</context>
<context>
    <name>ui::ModelsView</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Use a folder I have…</source>
        <translation>Vorhandenen Ordner nutzen…</translation>
    </message>
    <message>
        <source>A &amp;folder…</source>
        <translation>Ein &amp;Ordner…</translation>
    </message>
    <message>
        <source>A model &amp;file (GGUF)…</source>
        <translation>Eine &amp;Modelldatei (GGUF)…</translation>
    </message>
    <message>
        <source>Add a server…</source>
        <translation>Server hinzufügen…</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Pause the download</source>
        <translation>Download pausieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the download</source>
        <translation>Download abbrechen</translation>
    </message>
    <message>
        <source>Speed test</source>
        <translation>Tempo messen</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Starter models · run on the processor</source>
        <translation>Startmodelle · laufen auf dem Prozessor</translation>
    </message>
    <message>
        <source>Your own models</source>
        <translation>Eigene Modelle</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Engine test</source>
        <translation>Engine-Test</translation>
    </message>
    <message>
        <source>Use a folder I have</source>
        <translation>Vorhandenen Ordner nutzen</translation>
    </message>
    <message>
        <source>Language models (*.gguf)</source>
        <translation>Sprachmodelle (*.gguf)</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>resumes after a restart</source>
        <translation>geht nach einem Neustart weiter</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Download %1</source>
        <translation>%1 herunterladen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>%1, starter models</source>
        <translation>%1, Startmodelle</translation>
    </message>
    <message>
        <source>Stop the test</source>
        <translation>Test anhalten</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>Entladen</translation>
    </message>
    <message>
        <source>Unload the models and free their memory</source>
        <translation>Modelle entladen und ihren Arbeitsspeicher freigeben</translation>
    </message>
    <message>
        <source>Load the models now</source>
        <translation>Modelle jetzt laden</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Remove %1 and free %2? It cannot be undone; it can be downloaded again.</source>
        <translation>%1 entfernen und %2 freigeben? Es lässt sich nicht rückgängig machen; ein neuer Download ist möglich.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Engine test only</source>
        <translation>Nur Engine-Test</translation>
    </message>
    <message>
        <source>Comparing every byte…</source>
        <translation>Vergleicht jedes Byte…</translation>
    </message>
    <message>
        <source>Installed. %1</source>
        <translation>Installiert. %1</translation>
    </message>
    <message>
        <source>Is being downloaded from %1</source>
        <translation>Wird heruntergeladen von %1</translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation>Wartet, bis es an der Reihe ist</translation>
    </message>
    <message>
        <source>Download again</source>
        <translation>Neu herunterladen</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Forget %1</source>
        <translation>%1 vergessen</translation>
    </message>
    <message>
        <source>The file stays where it is: %1</source>
        <translation>Die Datei bleibt, wo sie ist: %1</translation>
    </message>
    <message>
        <source>%1 · OpenAI-compatible · key from PERCEPT_API_KEY</source>
        <translation>%1 · OpenAI-kompatibel · Schlüssel aus PERCEPT_API_KEY</translation>
    </message>
    <message>
        <source>On. Your questions and the passages that answer them leave this computer.</source>
        <translation>An. Fragen und die Textstellen, die sie beantworten, verlassen diesen Computer.</translation>
    </message>
    <message>
        <source>Off. When on, your questions and the passages that answer them leave this computer.</source>
        <translation>Aus. Wenn er an ist, verlassen Fragen und die Textstellen, die sie beantworten, diesen Computer.</translation>
    </message>
    <message>
        <source>Asking the server for its models…</source>
        <translation>Fragt den Server nach seinen Modellen…</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Test %1</source>
        <translation>%1 testen</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Let %1 answer</source>
        <translation>%1 antworten lassen</translation>
    </message>
    <message>
        <source>Starter</source>
        <translation>Startmodell</translation>
    </message>
    <message>
        <source>Writes answers</source>
        <translation>Schreibt Antworten</translation>
    </message>
    <message>
        <source>Writes in its own words. Sentences whose quotes do not stand in your sources are left out.</source>
        <translation>Schreibt in eigenen Worten. Sätze, deren Zitate nicht in den Quellen stehen, werden weggelassen.</translation>
    </message>
    <message>
        <source>Quotes only</source>
        <translation>Nur Zitate</translation>
    </message>
    <message>
        <source>Nothing tells whether it reasons, so your sources are quoted.</source>
        <translation>Nichts sagt, ob es nachdenkt, darum wird aus den Quellen zitiert.</translation>
    </message>
    <message>
        <source>Let it write answers</source>
        <translation>Antworten schreiben lassen</translation>
    </message>
    <message>
        <source>Let %1 write no answers</source>
        <translation>%1 keine Antworten schreiben lassen</translation>
    </message>
    <message>
        <source>Let %1 write answers in its own words</source>
        <translation>%1 Antworten in eigenen Worten schreiben lassen</translation>
    </message>
    <message>
        <source>Let %1 write answers in its own words? Percept cannot tell how well it reasons. What it quotes is checked; small models often draw wrong conclusions from it.</source>
        <translation>%1 Antworten in eigenen Worten schreiben lassen? Percept weiß nicht, wie gut es nachdenkt. Was es zitiert, wird geprüft; kleine Modelle ziehen daraus oft falsche Schlüsse.</translation>
    </message>
    <message>
        <source>Let it write</source>
        <translation>Schreiben lassen</translation>
    </message>
    <message>
        <source>Larger models · optional, run on the processor</source>
        <translation>Größere Modelle · freiwillig, laufen auf dem Prozessor</translation>
    </message>
    <message>
        <source>Let %1 write answers in its own words? Whether they keep to your sources was not measured. What it quotes is checked; small models often draw wrong conclusions from it.</source>
        <translation>%1 Antworten in eigenen Worten schreiben lassen? Ob sie sich an die Quellen halten, wurde nicht gemessen. Was es zitiert, wird geprüft; kleine Modelle schließen daraus oft Falsches.</translation>
    </message>
    <message>
        <source>Installed. Writes in its own words. Sentences whose quotes do not stand in your sources are left out.</source>
        <translation>Installiert. Schreibt in eigenen Worten. Sätze, deren Zitate nicht in den Quellen stehen, werden weggelassen.</translation>
    </message>
    <message>
        <source>Installed. Whether its answers keep to your sources was not measured, so your sources are quoted.</source>
        <translation>Installiert. Ob sich seine Antworten an die Quellen halten, wurde nicht gemessen; deshalb werden die Quellen zitiert.</translation>
    </message>
    <message>
        <source>Listens</source>
        <translation>Hört zu</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>On. Recordings are listened to with it; it finds the language by itself.</source>
        <translation>An. Aufnahmen werden damit angehört; die Sprache findet es selbst.</translation>
    </message>
    <message>
        <source>Off. Recordings are listened to with Whisper.</source>
        <translation>Aus. Aufnahmen werden mit Whisper angehört.</translation>
    </message>
    <message>
        <source>Listen with it</source>
        <translation>Damit zuhören</translation>
    </message>
    <message>
        <source>Listen with %1</source>
        <translation>Mit %1 zuhören</translation>
    </message>
</context>
<context>
    <name>ui::PageView</name>
    <message>
        <source>Pages, up and down</source>
        <translation>Seiten, auf und ab</translation>
    </message>
    <message>
        <source>Page, left and right</source>
        <translation>Seite, links und rechts</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>Seite %1 von %2</translation>
    </message>
    <message>
        <source>%1, cited: %2</source>
        <translation>%1, zitiert: %2</translation>
    </message>
    <message>
        <source>Page %1 cannot be shown. %2</source>
        <translation>Seite %1 kann nicht gezeigt werden. %2</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Select the page</source>
        <translation>Die Seite auswählen</translation>
    </message>
</context>
<context>
    <name>ui::Palette</name>
    <message>
        <source>Search everything</source>
        <translation>Alles durchsuchen</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Search everything, or &gt; for commands</source>
        <translation>Alles durchsuchen, oder &gt; für Befehle</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Next: Ctrl Tab</source>
        <translation>Weiter: Strg Tab</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>wählen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>open at that place</source>
        <translation>an dieser Stelle öffnen</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>next group</source>
        <translation>nächste Gruppe</translation>
    </message>
    <message>
        <source>commands only</source>
        <translation>nur Befehle</translation>
    </message>
</context>
<context>
    <name>ui::PaletteModel</name>
    <message>
        <source>Best</source>
        <translation>Beste</translation>
    </message>
    <message>
        <source>Nothing found for “%1”.</source>
        <translation>Nichts gefunden zu „%1“.</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>No command is called “%1”.</source>
        <translation>Kein Befehl heißt „%1“.</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Ask “%1” in a new session</source>
        <translation>„%1“ in einer neuen Sitzung fragen</translation>
    </message>
    <message>
        <source>Session %1, %2</source>
        <translation>Sitzung %1, %2</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>File %1, in %2</source>
        <translation>Datei %1, in %2</translation>
    </message>
</context>
<context>
    <name>ui::PictureView</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Picture at %1</source>
        <translation>Bild bei %1</translation>
    </message>
    <message>
        <source>%1, cited: %2</source>
        <translation>%1, zitiert: %2</translation>
    </message>
</context>
<context>
    <name>ui::PlayerView</name>
    <message>
        <source>Speed %1</source>
        <translation>Tempo %1</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>Pause (Leertaste)</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>Abspielen (Leertaste)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>There is no transcript of this recording.</source>
        <translation>Von dieser Aufnahme gibt es kein Transkript.</translation>
    </message>
    <message>
        <source>Previous citation here</source>
        <translation>Voriges Zitat hier</translation>
    </message>
    <message>
        <source>Next citation here</source>
        <translation>Nächstes Zitat hier</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Show the picture large</source>
        <translation>Das Bild groß zeigen</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Sound of the same moment</source>
        <translation>Ton desselben Augenblicks</translation>
    </message>
</context>
<context>
    <name>ui::PrivacyPage</name>
    <message>
        <source>Privacy</source>
        <translation>Datenschutz</translation>
    </message>
    <message>
        <source>Show the list</source>
        <translation>Liste zeigen</translation>
    </message>
    <message>
        <source>What left this computer</source>
        <translation>Was diesen Computer verließ</translation>
    </message>
    <message>
        <source>Network, bytes sent, hosts</source>
        <translation>Netz, gesendete Bytes, Hosts</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Wofür</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Connections since the start</source>
        <translation>Verbindungen seit dem Start</translation>
    </message>
    <message>
        <source>What can leave this computer</source>
        <translation>Was diesen Computer verlassen kann</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Downloads of models</source>
        <translation>Downloads von Modellen</translation>
    </message>
    <message>
        <source>Only when you press Download. The request names the file; nothing of yours goes along.</source>
        <translation>Nur nach einem Klick auf „Herunterladen“. Die Anfrage nennt die Datei; nichts Eigenes geht mit.</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Questions to a server</source>
        <translation>Fragen an einen Server</translation>
    </message>
    <message>
        <source>Only when you added a server and switched it on. It gets the question and the passages that may answer it. Otherwise nothing is sent: no statistics, no reports, no updates.</source>
        <translation>Nur wenn ein Server hinzugefügt und eingeschaltet wurde. Er bekommt die Frage und die Textstellen, die sie beantworten können. Sonst wird nichts gesendet: keine Statistik, keine Berichte, keine Updates.</translation>
    </message>
    <message>
        <source>Keeping and deleting</source>
        <translation>Behalten und löschen</translation>
    </message>
    <message>
        <source>Delete all…</source>
        <translation>Alles löschen…</translation>
    </message>
    <message>
        <source>Delete all data</source>
        <translation>Alle Daten löschen</translation>
    </message>
    <message>
        <source>All sessions, stored files, answers, settings and the log. The files that you dropped stay where they are. It cannot be undone.</source>
        <translation>Alle Sitzungen, gespeicherten Dateien, Antworten, Optionen und das Protokoll. Die abgelegten Originale bleiben, wo sie sind. Es lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>The models too</source>
        <translation>Auch die Modelle</translation>
    </message>
    <message>
        <source>Delete everything and quit</source>
        <translation>Alles löschen und beenden</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Nothing of yours was sent out since Percept started</source>
        <translation>Seit dem Start von Percept wurde nichts Eigenes gesendet</translation>
    </message>
    <message>
        <source>%1 sent out since Percept started</source>
        <translation>%1 gesendet, seit Percept läuft</translation>
    </message>
    <message>
        <source>%1 came in; asking for it sent %2.</source>
        <translation>%1 kamen herein; die Anfragen dafür sendeten %2.</translation>
    </message>
    <message>
        <source>Nothing came in either.</source>
        <translation>Es kam auch nichts herein.</translation>
    </message>
    <message>
        <source>A server is switched on: questions go there.</source>
        <translation>Ein Server ist eingeschaltet: Fragen gehen dorthin.</translation>
    </message>
    <message>
        <source>Every host is listed.</source>
        <translation>Jeder Host ist aufgeführt.</translation>
    </message>
</context>
<context>
    <name>ui::ProgressBar</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Length not known</source>
        <translation>Dauer unbekannt</translation>
    </message>
    <message>
        <source>Paused at %1</source>
        <translation>Pausiert bei %1</translation>
    </message>
    <message>
        <source>Failed at %1</source>
        <translation>Fehlgeschlagen bei %1</translation>
    </message>
</context>
<context>
    <name>ui::ProgressRow</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>ui::QuestionBubble</name>
    <message>
        <source>Question: %1</source>
        <translation>Frage: %1</translation>
    </message>
    <message>
        <source>Copy question</source>
        <translation>Frage kopieren</translation>
    </message>
</context>
<context>
    <name>ui::QuestionButton</name>
    <message>
        <source>Asks the sample</source>
        <translation>Fragt das Beispiel</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
</context>
<context>
    <name>ui::QuestionEdit</name>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
</context>
<context>
    <name>ui::Rail</name>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
</context>
<context>
    <name>ui::RecentSessionModel</name>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <extracomment>what a session holds, and the time of day: &quot;5 sources · 12:40&quot;</extracomment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>HH:mm</source>
        <translation>HH:mm</translation>
    </message>
    <message>
        <source>, pinned</source>
        <translation>, angeheftet</translation>
    </message>
</context>
<context>
    <name>ui::ResultBar</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Best match</source>
        <translation>Beste Treffer</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Neueste</translation>
    </message>
    <message>
        <source>Order: %1</source>
        <translation>Reihenfolge: %1</translation>
    </message>
</context>
<context>
    <name>ui::SampleCard</name>
    <message>
        <source>A recording of one minute and a document of three pages</source>
        <translation>Eine Aufnahme von einer Minute und ein Dokument von drei Seiten</translation>
    </message>
    <message>
        <source>What does the laser cutter cost per hour?</source>
        <translation>What does the laser cutter cost per hour?</translation>
    </message>
    <message>
        <source>When is the next meeting?</source>
        <translation>When is the next meeting?</translation>
    </message>
    <message>
        <source>What is said about the filter of the laser cutter?</source>
        <translation>What is said about the filter of the laser cutter?</translation>
    </message>
    <message>
        <source>Try it on a sample</source>
        <translation>Am Beispiel ausprobieren</translation>
    </message>
    <message>
        <source>1 minute of sound · 3-page PDF</source>
        <translation>1 Minute Ton · PDF mit 3 Seiten</translation>
    </message>
    <message>
        <source>A meeting of a workshop, and its handbook. Ask, then click a yellow mark to see where the answer came from.</source>
        <translation>Besprechung und Handbuch einer Werkstatt, auf Englisch. Fragen, dann eine gelbe Marke anklicken: dort steht die Antwort.</translation>
    </message>
    <message>
        <source>Without the starter models the recording stays unheard and places are found by words only.</source>
        <translation>Ohne die Startmodelle bleibt die Aufnahme ungehört, und Stellen werden nur nach Wörtern gefunden.</translation>
    </message>
</context>
<context>
    <name>ui::SearchBar</name>
    <message>
        <source>Find in this document</source>
        <translation>In diesem Dokument suchen</translation>
    </message>
    <message>
        <source>Previous found place</source>
        <translation>Vorige Fundstelle</translation>
    </message>
    <message>
        <source>Next found place</source>
        <translation>Nächste Fundstelle</translation>
    </message>
    <message>
        <source>Close search</source>
        <translation>Suche schließen</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>searching</source>
        <translation>sucht</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 of %2 so far</source>
        <translation>%1 von bisher %2</translation>
    </message>
</context>
<context>
    <name>ui::SearchField</name>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
</context>
<context>
    <name>ui::SegmentedControl</name>
    <message>
        <source>Choice</source>
        <translation>Auswahl</translation>
    </message>
</context>
<context>
    <name>ui::ServerForm</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the server</source>
        <translation>Name des Servers</translation>
    </message>
    <message>
        <source>Address of the server</source>
        <translation>Adresse des Servers</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add this server</source>
        <translation>Diesen Server hinzufügen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel adding a server</source>
        <translation>Hinzufügen des Servers abbrechen</translation>
    </message>
    <message>
        <source>Any server that speaks the OpenAI chat API; its address usually ends in /v1. A model is named behind #. Its key, where it wants one, is taken from the variable PERCEPT_API_KEY. It is off until you switch it on.</source>
        <translation>Jeder Server, der die Chat-Schnittstelle von OpenAI spricht; seine Adresse endet meist auf /v1. Ein Modell steht hinter #. Der Schlüssel, wo einer nötig ist, kommt aus der Variablen PERCEPT_API_KEY. Der Server bleibt aus, bis er eingeschaltet wird.</translation>
    </message>
    <message>
        <source>The address begins with http:// or https:// and names a host.</source>
        <translation>Die Adresse beginnt mit http:// oder https:// und nennt einen Host.</translation>
    </message>
</context>
<context>
    <name>ui::SessionDelegate</name>
    <message>
        <source>Name of the session</source>
        <translation>Name der Sitzung</translation>
    </message>
</context>
<context>
    <name>ui::SessionList</name>
    <message>
        <source>Session name</source>
        <translation>Name der Sitzung</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>Alles durchsuchen</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>Neue Sitzung</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Pin to the top</source>
        <translation>Oben anheften</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>ui::SessionModel</name>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
</context>
<context>
    <name>ui::SettingsView</name>
    <message>
        <source>Sections of the settings</source>
        <translation>Abschnitte der Optionen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>Option suchen</translation>
    </message>
    <message>
        <source>Settings found</source>
        <translation>Gefundene Optionen</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n gefunden</numerusform>
            <numerusform>%n gefunden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::SourceDelegate</name>
    <message>
        <source>Enter password…</source>
        <translation>Passwort eingeben…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Go on reading</source>
        <translation>Weiterlesen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Password, then Enter</source>
        <translation>Passwort, dann Enter</translation>
    </message>
    <message>
        <source>Password of %1</source>
        <translation>Passwort von %1</translation>
    </message>
    <message>
        <source>Summary and transcript</source>
        <translation>Zusammenfassung und Transkript</translation>
    </message>
</context>
<context>
    <name>ui::SourceList</name>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Read the missing pages again</source>
        <translation>Die fehlenden Seiten noch einmal lesen</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Remove from this session</source>
        <translation>Aus dieser Sitzung entfernen</translation>
    </message>
    <message>
        <source>Open summary and transcript</source>
        <translation>Zusammenfassung und Transkript öffnen</translation>
    </message>
</context>
<context>
    <name>ui::SourcesPanel</name>
    <message>
        <source>Cancel all</source>
        <translation>Alle abbrechen</translation>
    </message>
    <message>
        <source>Drop more files here, or press</source>
        <translation>Weitere Dateien hier ablegen, oder</translation>
    </message>
    <message>
        <source>Ctrl O</source>
        <translation>Strg O</translation>
    </message>
    <message>
        <source>You can ask now. Answers use what is ready and say what was still being read.</source>
        <translation>Fragen sind schon möglich. Antworten nutzen, was bereit ist, und sagen, was noch gelesen wurde.</translation>
    </message>
    <message>
        <source>You can ask now.</source>
        <translation>Fragen sind jetzt möglich.</translation>
    </message>
    <message>
        <source>Nothing could be read yet, so there is nothing to answer from.</source>
        <translation>Noch konnte nichts gelesen werden, darum fehlt die Grundlage für Antworten.</translation>
    </message>
</context>
<context>
    <name>ui::Splitter</name>
    <message>
        <source>Edge between two columns</source>
        <translation>Rand zwischen zwei Spalten</translation>
    </message>
</context>
<context>
    <name>ui::StartView</name>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>The starter models hear speech and find places by meaning. They run on the processor of this computer; nothing of yours is sent when they are fetched, from huggingface.co and, where that is not reached, the Python package index.</source>
        <translation>Die Startmodelle hören Sprache und finden Stellen nach ihrer Bedeutung. Sie laufen auf dem Prozessor dieses Computers; beim Holen von huggingface.co und, wo das nicht erreichbar ist, vom Python-Paketindex wird nichts Eigenes gesendet.</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Pause the download</source>
        <translation>Download pausieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the download</source>
        <translation>Download abbrechen</translation>
    </message>
    <message>
        <source>Use a folder I have…</source>
        <translation>Vorhandenen Ordner nutzen…</translation>
    </message>
    <message>
        <source>Or begin with files of your own</source>
        <translation>Oder mit eigenen Dateien beginnen</translation>
    </message>
    <message>
        <source>Drop documents, scans, recordings and videos anywhere in this window. They are copied into your library; the originals stay untouched.</source>
        <translation>Dokumente, Gescanntes, Aufnahmen und Videos irgendwo in diesem Fenster ablegen. Sie werden in die Bibliothek kopiert; die Originale bleiben unberührt.</translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation>Dateien wählen…</translation>
    </message>
    <message>
        <source>Change the place…</source>
        <translation>Ort ändern…</translation>
    </message>
    <message>
        <source>Change the place of the library</source>
        <translation>Ort der Bibliothek ändern</translation>
    </message>
    <message>
        <source>Percept is ready</source>
        <translation>Percept ist bereit</translation>
    </message>
    <message>
        <source>A server is switched on: questions and the passages that answer them go there.</source>
        <translation>Ein Server ist eingeschaltet: Fragen und die Textstellen, die sie beantworten, gehen dorthin.</translation>
    </message>
    <message>
        <source>Everything runs on this computer. Nothing is sent out.</source>
        <translation>Alles läuft auf diesem Computer. Nichts wird gesendet.</translation>
    </message>
    <message>
        <source>Welcome to Percept</source>
        <translation>Willkommen bei Percept</translation>
    </message>
    <message>
        <source>The library is not open, so nothing can be kept yet.</source>
        <translation>Die Bibliothek ist nicht geöffnet, darum wird noch nichts aufbewahrt.</translation>
    </message>
    <message>
        <source>One thing is missing: the starter models. Documents can be read and searched by words without them.</source>
        <translation>Eines fehlt: die Startmodelle. Dokumente lassen sich auch ohne sie lesen und nach Wörtern durchsuchen.</translation>
    </message>
    <message>
        <source>Looking at this computer…</source>
        <translation>Sieht sich diesen Computer an…</translation>
    </message>
    <message>
        <source>The starter models are on their way</source>
        <translation>Die Startmodelle sind unterwegs</translation>
    </message>
    <message>
        <source>The starter models are missing</source>
        <translation>Die Startmodelle fehlen</translation>
    </message>
    <message>
        <source>Download %1</source>
        <translation>%1 herunterladen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Download of the starter models</source>
        <translation>Download der Startmodelle</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>Use a folder I have</source>
        <translation>Vorhandenen Ordner nutzen</translation>
    </message>
    <message>
        <source>Ctrl O</source>
        <translation>Strg O</translation>
    </message>
    <message>
        <source>First start</source>
        <translation>Erster Start</translation>
    </message>
</context>
<context>
    <name>ui::StatusBar</name>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Jobs:</source>
        <translation>Aufgaben:</translation>
    </message>
    <message>
        <source>Engine:</source>
        <translation>Engine:</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>Memory %1</source>
        <translation>Speicher %1</translation>
    </message>
    <message>
        <source>Queue %1</source>
        <translation>Wartend %1</translation>
    </message>
    <message>
        <source>%1 tok/s</source>
        <translation>%1 Tok/s</translation>
    </message>
    <message>
        <source>Nothing is being read</source>
        <translation>Es wird nichts gelesen</translation>
    </message>
    <message>
        <source>Disk full: %1 left</source>
        <translation>Kein Platz: %1 frei</translation>
    </message>
    <message>
        <source>Disk %1 left</source>
        <translation>%1 frei</translation>
    </message>
    <message>
        <source>Received: %1 from %2</source>
        <translation>Empfangen: %1 von %2</translation>
    </message>
    <message>
        <source>Sent out: %1, for models</source>
        <translation>Gesendet: %1, für Modelle</translation>
    </message>
    <message>
        <source>Sent out: %1</source>
        <translation>Gesendet: %1</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>an %1</translation>
    </message>
    <message>
        <source>Sent out: 0 B</source>
        <translation>Gesendet: 0 B</translation>
    </message>
    <message>
        <source>Received since the start: %1</source>
        <translation>Empfangen seit dem Start: %1</translation>
    </message>
</context>
<context>
    <name>ui::StoragePage</name>
    <message>
        <source>Storage</source>
        <translation>Speicherplatz</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>Verschieben…</translation>
    </message>
    <message>
        <source>Move to another place</source>
        <translation>An einen anderen Ort verschieben</translation>
    </message>
    <message>
        <source>Copies everything, reads it back and compares; only then the new place is used. The old copy stays until you delete it.</source>
        <translation>Kopiert alles, liest es zurück und vergleicht; erst dann gilt der neue Ort. Die alte Kopie bleibt, bis sie gelöscht wird.</translation>
    </message>
    <message>
        <source>Delete old copy</source>
        <translation>Alte Kopie löschen</translation>
    </message>
    <message>
        <source>The old copy</source>
        <translation>Die alte Kopie</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>Sichern…</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>One file with everything as it is now, checked before it gets its name. Unpacked into an empty folder it is the library again.</source>
        <translation>Eine Datei mit allem, wie es jetzt ist, geprüft, bevor sie ihren Namen bekommt. In einen leeren Ordner entpackt, ist sie wieder die Bibliothek.</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Check the library</source>
        <translation>Bibliothek prüfen</translation>
    </message>
    <message>
        <source>Looks for damage in the database, the index and the stored files.</source>
        <translation>Sucht nach Schäden in der Datenbank, im Index und in den gespeicherten Dateien.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>%1, models in %2</source>
        <translation>%1, Modelle in %2</translation>
    </message>
    <message>
        <source>%1 in all, %2 left on this disk</source>
        <translation>%1 insgesamt, %2 auf diesem Datenträger frei</translation>
    </message>
    <message>
        <source>Lies in %1. It cannot be taken back once it is deleted.</source>
        <translation>Liegt in %1. Einmal gelöscht, lässt sie sich nicht zurückholen.</translation>
    </message>
    <message>
        <source>Moving the library</source>
        <translation>Verschiebt die Bibliothek</translation>
    </message>
    <message>
        <source>Writing the backup</source>
        <translation>Schreibt die Sicherung</translation>
    </message>
    <message>
        <source>Checking the library</source>
        <translation>Prüft die Bibliothek</translation>
    </message>
    <message>
        <source>The library has moved to %1.</source>
        <translation>Die Bibliothek ist nach %1 umgezogen.</translation>
    </message>
    <message>
        <source>Nothing more is stored in the old place. Start Percept again to go on there.</source>
        <translation>Am alten Ort wird nichts mehr gespeichert. Percept neu starten, um dort weiterzuarbeiten.</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Move the library to an empty folder</source>
        <translation>Bibliothek in einen leeren Ordner verschieben</translation>
    </message>
    <message>
        <source>Back up to a file</source>
        <translation>In eine Datei sichern</translation>
    </message>
    <message>
        <source>Backups (*.tar)</source>
        <translation>Sicherungen (*.tar)</translation>
    </message>
</context>
<context>
    <name>ui::TagPanel</name>
    <message>
        <source>Find or add a tag</source>
        <translation>Schlagwort suchen oder hinzufügen</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>New tag “%1”</source>
        <translation>Neues Schlagwort „%1“</translation>
    </message>
</context>
<context>
    <name>ui::TextView</name>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
</context>
<context>
    <name>ui::ThingRow</name>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
</context>
<context>
    <name>ui::Thumbnails</name>
    <message>
        <source>Page %1</source>
        <translation>Seite %1</translation>
    </message>
    <message>
        <source>Pages, small</source>
        <translation>Seitenübersicht</translation>
    </message>
</context>
<context>
    <name>ui::Toast</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Ctrl Z</source>
        <translation>Strg Z</translation>
    </message>
</context>
<context>
    <name>ui::Track</name>
    <message>
        <source>%1 hours %2 minutes %3</source>
        <translation>%1 Stunden %2 Minuten %3</translation>
    </message>
    <message>
        <source>%1 minutes %2</source>
        <translation>%1 Minuten %2</translation>
    </message>
    <message>
        <source>%1 seconds</source>
        <translation>%1 Sekunden</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Position %1 of %2</source>
        <translation>Position %1 von %2</translation>
    </message>
</context>
<context>
    <name>ui::TranscriptList</name>
    <message>
        <source>What is said</source>
        <translation>Was gesagt wird</translation>
    </message>
</context>
<context>
    <name>ui::TranscriptModel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, cited</source>
        <translation>%1, zitiert</translation>
    </message>
</context>
<context>
    <name>ui::WaveformView</name>
    <message>
        <source>Sound %1 to %2</source>
        <translation>Ton %1 bis %2</translation>
    </message>
    <message>
        <source>%1, cited %2 to %3</source>
        <translation>%1, zitiert %2 bis %3</translation>
    </message>
</context>
<context>
    <name>ui::recording</name>
    <message>
        <source>Marked</source>
        <translation>Markiert</translation>
    </message>
    <message>
        <source>Likely decisions</source>
        <translation>Vermutliche Beschlüsse</translation>
    </message>
    <message>
        <source>Likely to-dos</source>
        <translation>Vermutliche Aufgaben</translation>
    </message>
    <message>
        <source>Dates and times mentioned</source>
        <translation>Genannte Tage und Zeiten</translation>
    </message>
    <message>
        <source>Highlights</source>
        <translation>Wichtiges</translation>
    </message>
    <message>
        <source>Open questions</source>
        <translation>Offene Fragen</translation>
    </message>
    <message>
        <source>Worth checking</source>
        <translation>Zu prüfen</translation>
    </message>
    <message>
        <source>Key sentences</source>
        <translation>Kernsätze</translation>
    </message>
    <message>
        <source>You moved all of its lines to other lists.</source>
        <translation>Alle Zeilen wurden in andere Listen verschoben.</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>ui::recording::NotesDelegate</name>
    <message>
        <source>Note, editing</source>
        <translation>Notiz, wird bearbeitet</translation>
    </message>
</context>
<context>
    <name>ui::recording::NotesModel</name>
    <message>
        <source>Note at %1, %2</source>
        <translation>Notiz bei %1, %2</translation>
    </message>
    <message>
        <source>Note, %1</source>
        <translation>Notiz, %1</translation>
    </message>
</context>
<context>
    <name>ui::recording::NotesPage</name>
    <message>
        <source>Own notes</source>
        <translation>Eigene Notizen</translation>
    </message>
    <message>
        <source>No notes yet</source>
        <translation>Noch keine Notizen</translation>
    </message>
    <message>
        <source>What you write below is kept while you write it.</source>
        <translation>Was unten geschrieben wird, bleibt schon beim Schreiben erhalten.</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>Notiz schreiben</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>Neue Notiz</translation>
    </message>
    <message>
        <source>At the player&apos;s time</source>
        <translation>Zur Zeit des Players</translation>
    </message>
    <message>
        <source>Add note</source>
        <translation>Notiz hinzufügen</translation>
    </message>
    <message>
        <source>Play from %1</source>
        <translation>Ab %1 abspielen</translation>
    </message>
    <message>
        <source>Edit note</source>
        <translation>Notiz bearbeiten</translation>
    </message>
    <message>
        <source>Delete note</source>
        <translation>Notiz löschen</translation>
    </message>
    <message>
        <source>At %1</source>
        <translation>Bei %1</translation>
    </message>
    <message>
        <source>%1, on</source>
        <translation>%1, an</translation>
    </message>
    <message>
        <source>%1, off</source>
        <translation>%1, aus</translation>
    </message>
</context>
<context>
    <name>ui::recording::RecordingView</name>
    <message>
        <source>text at %1</source>
        <translation>Text bei %1</translation>
    </message>
    <message>
        <source>speaker %1</source>
        <translation>Sprecher %1</translation>
    </message>
    <message>
        <source>line to “%1”</source>
        <translation>Zeile nach „%1“</translation>
    </message>
    <message>
        <source>Moved to “%1”.</source>
        <translation>Nach „%1“ verschoben.</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>deleted note</source>
        <translation>gelöschte Notiz</translation>
    </message>
    <message>
        <source>Note deleted.</source>
        <translation>Notiz gelöscht.</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>Weitere Aktionen</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>Transkript</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Parts of the recording</source>
        <translation>Teile der Aufnahme</translation>
    </message>
    <message>
        <source>Recordings of this session</source>
        <translation>Aufnahmen dieser Sitzung</translation>
    </message>
    <message>
        <source>The recording cannot be shown.</source>
        <translation>Die Aufnahme kann nicht gezeigt werden.</translation>
    </message>
    <message>
        <source>The last change was not kept.</source>
        <translation>Die letzte Änderung wurde nicht gespeichert.</translation>
    </message>
    <message>
        <source>Sound %1, gap %2</source>
        <translation>Ton %1, Lücke %2</translation>
    </message>
    <message numerus="yes">
        <source>Sound %1, %n gaps</source>
        <translation>
            <numerusform>Ton %1, %n Lücke</numerusform>
            <numerusform>Ton %1, %n Lücken</numerusform>
        </translation>
    </message>
    <message>
        <source>Another program writes to the library.</source>
        <translation>Ein anderes Programm schreibt in die Bibliothek.</translation>
    </message>
    <message>
        <source>You can look at everything; changes are not kept.</source>
        <translation>Alles lässt sich ansehen; Änderungen werden nicht gespeichert.</translation>
    </message>
    <message>
        <source>Still being read.</source>
        <translation>Wird noch gelesen.</translation>
    </message>
    <message>
        <source>What was heard so far is here; the rest follows.</source>
        <translation>Was bisher gehört wurde, ist da; der Rest folgt.</translation>
    </message>
    <message>
        <source>Only a part of this recording was read.</source>
        <translation>Nur ein Teil dieser Aufnahme wurde gelesen.</translation>
    </message>
    <message>
        <source>This recording could not be read.</source>
        <translation>Diese Aufnahme konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Reading was stopped.</source>
        <translation>Das Lesen wurde angehalten.</translation>
    </message>
    <message>
        <source>The transcript ends where it was stopped.</source>
        <translation>Das Transkript endet, wo es angehalten wurde.</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>Rückgängig: %1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo: %1</source>
        <translation>Wiederholen: %1</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Copy summary as Markdown</source>
        <translation>Zusammenfassung als Markdown kopieren</translation>
    </message>
    <message>
        <source>Ask about this recording</source>
        <translation>Zu dieser Aufnahme fragen</translation>
    </message>
    <message>
        <source>Summary copied as Markdown.</source>
        <translation>Zusammenfassung als Markdown kopiert.</translation>
    </message>
    <message>
        <source>ddd d MMMM</source>
        <translation>ddd d. MMMM</translation>
    </message>
    <message>
        <source>ddd d MMMM yyyy</source>
        <translation>ddd d. MMMM yyyy</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
</context>
<context>
    <name>ui::recording::SummaryDelegate</name>
    <message>
        <source>d MMM</source>
        <translation>d. MMM</translation>
    </message>
</context>
<context>
    <name>ui::recording::SummaryModel</name>
    <message numerus="yes">
        <source>%1, %n lines</source>
        <comment>title of a list</comment>
        <translation>
            <numerusform>%1, %n Zeile</numerusform>
            <numerusform>%1, %n Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>Covers %1 of speech.</source>
        <translation>Umfasst %1 Sprache.</translation>
    </message>
    <message numerus="yes">
        <source>%n pages</source>
        <translation>
            <numerusform>%n Seite</numerusform>
            <numerusform>%n Seiten</numerusform>
        </translation>
    </message>
    <message>
        <source>Covers %1.</source>
        <translation>Umfasst %1.</translation>
    </message>
    <message>
        <source>Covers %1 of speech and %2.</source>
        <translation>Umfasst %1 Sprache und %2.</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>%1, by %2</source>
        <translation>%1, von %2</translation>
    </message>
    <message>
        <source>Quoted from your sources.</source>
        <translation>Aus den Quellen zitiert.</translation>
    </message>
</context>
<context>
    <name>ui::recording::SummaryPage</name>
    <message>
        <source>Minutes</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>To-dos</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Beschlüsse</translation>
    </message>
    <message>
        <source>Brief</source>
        <translation>Kurzfassung</translation>
    </message>
    <message>
        <source>Own template…</source>
        <translation>Eigene Vorlage…</translation>
    </message>
    <message>
        <source>Make again</source>
        <translation>Neu erstellen</translation>
    </message>
    <message>
        <source>Quoted from your sources</source>
        <translation>Aus den Quellen zitiert</translation>
    </message>
    <message>
        <source>Picking sentences</source>
        <translation>Wählt Sätze aus</translation>
    </message>
    <message>
        <source>Make the summary</source>
        <translation>Zusammenfassung erstellen</translation>
    </message>
    <message>
        <source>Template: %1</source>
        <translation>Vorlage: %1</translation>
    </message>
    <message>
        <source>Own template</source>
        <translation>Eigene Vorlage</translation>
    </message>
    <message>
        <source>Templates (*.md *.txt);;All files (*)</source>
        <translation>Vorlagen (*.md *.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Written from your sources</source>
        <translation>Aus den Quellen geschrieben</translation>
    </message>
    <message>
        <source>No summary was made</source>
        <translation>Keine Zusammenfassung erstellt</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Nothing was heard</source>
        <translation>Es wurde nichts gehört</translation>
    </message>
    <message>
        <source>The recording could not be read, so there is nothing to pick from.</source>
        <translation>Die Aufnahme konnte nicht gelesen werden, darum gibt es nichts auszuwählen.</translation>
    </message>
    <message>
        <source>The summary follows when the recording was heard</source>
        <translation>Die Zusammenfassung folgt, sobald die Aufnahme gehört wurde</translation>
    </message>
    <message>
        <source>Until then it can be made from what is there.</source>
        <translation>Bis dahin lässt sie sich aus dem erstellen, was da ist.</translation>
    </message>
    <message>
        <source>Make it now</source>
        <translation>Jetzt erstellen</translation>
    </message>
    <message>
        <source>No summary yet</source>
        <translation>Noch keine Zusammenfassung</translation>
    </message>
    <message>
        <source>It is picked from what was said, line by line, each with its moment.</source>
        <translation>Sie wird Zeile für Zeile aus dem Gesagten ausgewählt, jede mit ihrem Zeitpunkt.</translation>
    </message>
</context>
<context>
    <name>ui::recording::SummaryView</name>
    <message>
        <source>Move to likely decisions</source>
        <translation>Zu vermutlichen Beschlüssen verschieben</translation>
    </message>
    <message>
        <source>Move to likely to-dos</source>
        <translation>Zu vermutlichen Aufgaben verschieben</translation>
    </message>
    <message>
        <source>Move to worth checking</source>
        <translation>Nach „Zu prüfen“ verschieben</translation>
    </message>
    <message>
        <source>Move to %1</source>
        <translation>Nach %1 verschieben</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Play from %1</source>
        <translation>Ab %1 abspielen</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 zeigen</translation>
    </message>
    <message>
        <source>Copy line</source>
        <translation>Zeile kopieren</translation>
    </message>
</context>
<context>
    <name>ui::recording::TranscriptDelegate</name>
    <message>
        <source>Uncertain: heard with %1 % confidence</source>
        <translation>Unsicher: mit %1 % Gewissheit gehört</translation>
    </message>
    <message>
        <source>Speaker of this line</source>
        <translation>Sprecher dieser Zeile</translation>
    </message>
    <message>
        <source>Name of %1 everywhere</source>
        <translation>Name von %1 überall</translation>
    </message>
    <message>
        <source>Text at %1, editing</source>
        <translation>Text bei %1, wird bearbeitet</translation>
    </message>
</context>
<context>
    <name>ui::recording::TranscriptModel</name>
    <message>
        <source>Gap %1 – %2</source>
        <translation>Lücke %1 – %2</translation>
    </message>
    <message>
        <source>Marked</source>
        <translation>Markiert</translation>
    </message>
    <message>
        <source>%1 s without speech</source>
        <translation>%1 s ohne Sprache</translation>
    </message>
    <message>
        <source>Recognised: %1</source>
        <translation>Erkannt: %1</translation>
    </message>
    <message>
        <source>Gap, %1 to %2, %3</source>
        <translation>Lücke, %1 bis %2, %3</translation>
    </message>
    <message>
        <source>Marker, %1, %2</source>
        <translation>Marke, %1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n seconds without speech</source>
        <translation>
            <numerusform>%1, %n Sekunde ohne Sprache</numerusform>
            <numerusform>%1, %n Sekunden ohne Sprache</numerusform>
        </translation>
    </message>
    <message>
        <source>Speaker unknown</source>
        <translation>Sprecher unbekannt</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <comment>speaker, time, text</comment>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>, edited</source>
        <translation>, bearbeitet</translation>
    </message>
    <message>
        <source>, recognised was: %1</source>
        <translation>, erkannt war: %1</translation>
    </message>
    <message>
        <source>, playing</source>
        <translation>, wird abgespielt</translation>
    </message>
    <message>
        <source>Edited. Recognised was: %1</source>
        <translation>Bearbeitet. Erkannt war: %1</translation>
    </message>
</context>
<context>
    <name>ui::recording::TranscriptPage</name>
    <message>
        <source>Find in transcript</source>
        <translation>Im Transkript suchen</translation>
    </message>
    <message>
        <source>Previous place</source>
        <translation>Vorige Stelle</translation>
    </message>
    <message>
        <source>Next place</source>
        <translation>Nächste Stelle</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Keeps the line that is heard in view</source>
        <translation>Hält die gehörte Zeile im Blick</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Click a word to hear it, double-click to edit it. Dotted words are uncertain.</source>
        <translation>Ein Klick auf ein Wort spielt es ab, ein Doppelklick bearbeitet es. Gepunktete Wörter sind unsicher.</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>Rückgängig: %1</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>The recording could not be read</source>
        <translation>Die Aufnahme konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>Nothing was heard so far</source>
        <translation>Bisher wurde nichts gehört</translation>
    </message>
    <message>
        <source>No speech was heard in this recording</source>
        <translation>In dieser Aufnahme wurde keine Sprache gehört</translation>
    </message>
</context>
<context>
    <name>ui::recording::TranscriptView</name>
    <message>
        <source>Transcript</source>
        <translation>Transkript</translation>
    </message>
    <message>
        <source>Play from %1</source>
        <translation>Ab %1 abspielen</translation>
    </message>
    <message>
        <source>Edit text</source>
        <translation>Text bearbeiten</translation>
    </message>
    <message>
        <source>Show what was recognised</source>
        <translation>Zeigen, was erkannt wurde</translation>
    </message>
    <message>
        <source>Back to what was recognised</source>
        <translation>Zurück zum Erkannten</translation>
    </message>
    <message>
        <source>Rename %1 everywhere…</source>
        <translation>%1 überall umbenennen…</translation>
    </message>
    <message>
        <source>Speaker of this line…</source>
        <translation>Sprecher dieser Zeile…</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>Text kopieren</translation>
    </message>
    <message>
        <source>Add a note at %1</source>
        <translation>Notiz bei %1 hinzufügen</translation>
    </message>
</context>
</TS>
