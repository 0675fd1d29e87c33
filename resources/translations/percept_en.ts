<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ui::Chip</name>
    <message numerus="yes">
        <source>%1, %n results</source>
        <translation>
            <numerusform>%1, %n result</numerusform>
            <numerusform>%1, %n results</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::HelpView</name>
    <message numerus="yes">
        <source>%n pages</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::SettingsView</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::recording::RecordingView</name>
    <message numerus="yes">
        <source>Sound %1, %n gaps</source>
        <translation>
            <numerusform>Sound %1, %n gap</numerusform>
            <numerusform>Sound %1, %n gaps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::recording::SummaryModel</name>
    <message numerus="yes">
        <source>%1, %n lines</source>
        <comment>title of a list</comment>
        <translation>
            <numerusform>%1, %n line</numerusform>
            <numerusform>%1, %n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pages</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::recording::TranscriptModel</name>
    <message numerus="yes">
        <source>%1, %n seconds without speech</source>
        <translation>
            <numerusform>%1, %n second without speech</numerusform>
            <numerusform>%1, %n seconds without speech</numerusform>
        </translation>
    </message>
</context>
</TS>
