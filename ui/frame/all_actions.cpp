#include "ui/frame/actions.h"

#include <QCoreApplication>

namespace ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui", text);
}

void addFileActions(Actions& actions)
{
    actions
        .add("session.new", Menu::File, tr("&New session"), QKeySequence("Ctrl+N"), "square-pen");
    actions
        .add("files.open", Menu::File, tr("&Open files…"), QKeySequence("Ctrl+O"), "folder-open");
    actions
        .add("folder.open", Menu::File, tr("Open &folder…"), QKeySequence("Ctrl+Shift+O"), "files");
    actions.add("session.export", Menu::File, tr("&Export…"), QKeySequence("Ctrl+S"), "share");
    actions.add("app.quit", Menu::File, tr("&Quit"), QKeySequence("Ctrl+Q"));
}

void addEditActions(Actions& actions)
{
    actions.add("edit.undo", Menu::Edit, tr("&Undo"), QKeySequence("Ctrl+Z"), "undo-2");
    actions.add("edit.redo", Menu::Edit, tr("&Redo"), QKeySequence("Ctrl+Shift+Z"));
    actions.add("edit.paste", Menu::Edit, tr("&Paste as a source"), QKeySequence("Ctrl+Shift+V"));
    actions.add("edit.find", Menu::Edit, tr("&Find here"), QKeySequence("Ctrl+F"), "search");
    actions.add(
        "answer.copy",
        Menu::Edit,
        tr("Copy answer as &Markdown"),
        QKeySequence("Ctrl+Shift+C"),
        "copy");
    actions.add("answer.copyText", Menu::Edit, tr("Copy answer as &text"));
    actions.add("quote.copy", Menu::Edit, tr("Copy &quote"), QKeySequence("Ctrl+Alt+C"), "copy");
}

/// The numbers stay those of the whole product: 3 to 5 belong to views that come later.
void addViewActions(Actions& actions)
{
    actions.add("palette", Menu::View, tr("&Search everything"), QKeySequence("Ctrl+K"), "search");
    actions.add("view.ask", Menu::View, tr("&Ask"), QKeySequence("Ctrl+1"), "message-square-text");
    actions.add("view.library", Menu::View, tr("&Library"), QKeySequence("Ctrl+2"), "library");
    actions.add("view.models", Menu::View, tr("&Models"), QKeySequence("Ctrl+6"), "box");
    actions.add("view.settings", Menu::View, tr("Se&ttings"), QKeySequence("Ctrl+,"), "settings");
    actions[QStringLiteral("view.settings")]->setShortcuts(
        {QKeySequence("Ctrl+,"), QKeySequence("Ctrl+7")});
    actions.add("pane.list", Menu::View, tr("List &pane"), QKeySequence("Ctrl+\\"), "panel-left");
    actions.add("pane.evidence", Menu::View, tr("&Evidence pane"), QKeySequence("Ctrl+E"));
    actions.add("pane.next", Menu::View, tr("Ne&xt pane"), QKeySequence("F6"));
    actions.add("pane.previous", Menu::View, tr("P&revious pane"), QKeySequence("Shift+F6"));
    actions.add("start.show", Menu::View, tr("First &steps"));
}

void addSessionActions(Actions& actions)
{
    actions.add(
        "question.send",
        Menu::Session,
        tr("&Send question"),
        QKeySequence("Ctrl+Return"),
        "arrow-up");
    actions.add(
        "question.edit",
        Menu::Session,
        tr("&Edit last question"),
        QKeySequence("Ctrl+Up"),
        "pencil");
    actions.add(
        "answer.retry",
        Menu::Session,
        tr("&Ask again"),
        QKeySequence("Ctrl+Shift+R"),
        "rotate-ccw");
    actions.add("answer.stop", Menu::Session, tr("S&top"), {}, "stop-filled");
    actions.add(
        "session.sources",
        Menu::Session,
        tr("S&ources"),
        QKeySequence("Ctrl+Shift+S"),
        "files");
    actions.add("session.rename", Menu::Session, tr("&Rename"), QKeySequence("F2"), "pencil");
    actions.add("session.tag", Menu::Session, tr("Ta&gs…"), QKeySequence("Ctrl+T"), "tag");
    actions.add("session.pin", Menu::Session, tr("&Pin"), QKeySequence("Ctrl+Shift+P"), "bookmark");
    actions.add(
        "session.delete",
        Menu::Session,
        tr("&Delete"),
        QKeySequence("Ctrl+Shift+Delete"),
        "trash-2");
}

void addEvidenceActions(Actions& actions)
{
    actions.add(
        "citation.next",
        Menu::Evidence,
        tr("&Next citation"),
        QKeySequence("N"),
        "chevron-down");
    actions.add(
        "citation.previous",
        Menu::Evidence,
        tr("&Previous citation"),
        QKeySequence("Shift+N"),
        "chevron-up");
    actions
        .add("source.open", Menu::Evidence, tr("&Open with another program"), {}, "external-link");
    actions.add("page.zoomIn", Menu::Evidence, tr("Zoom &in"), QKeySequence("Ctrl++"), "zoom-in");
    actions
        .add("page.zoomOut", Menu::Evidence, tr("Zoom &out"), QKeySequence("Ctrl+-"), "zoom-out");
    actions.add("page.fit", Menu::Evidence, tr("&Fit width"), QKeySequence("Ctrl+0"), "maximize-2");
    actions.add(
        "page.thumbnails",
        Menu::Evidence,
        tr("&Thumbnails"),
        QKeySequence("Ctrl+Shift+T"),
        "layout-list");
    actions.add("player.play", Menu::Evidence, tr("P&lay or pause"), QKeySequence("Space"), "play");
    actions.add("player.back", Menu::Evidence, tr("5 s &back"), QKeySequence("J"), "skip-back");
    actions.add(
        "player.forward",
        Menu::Evidence,
        tr("5 s for&ward"),
        QKeySequence("L"),
        "skip-forward");
    actions.add("player.frameBack", Menu::Evidence, tr("One frame ba&ck"), QKeySequence(","));
    actions.add("player.frameForward", Menu::Evidence, tr("One frame forwar&d"), QKeySequence("."));
}

void addHelpActions(Actions& actions)
{
    actions.add("help.guide", Menu::Help, tr("&Guide"), QKeySequence("F1"), "info");
    actions.add("help.keys", Menu::Help, tr("All &keys"), QKeySequence("Ctrl+/"), "keyboard");
    actions.add("help.report", Menu::Help, tr("Copy &report"), {}, "copy");
    actions.add("help.about", Menu::Help, tr("&About Percept"));
}

} // namespace

QString menuTitle(Menu menu)
{
    switch (menu) {
    case Menu::File:
        return tr("&File");
    case Menu::Edit:
        return tr("&Edit");
    case Menu::View:
        return tr("&View");
    case Menu::Session:
        return tr("&Session");
    case Menu::Evidence:
        return tr("E&vidence");
    case Menu::Help:
        return tr("&Help");
    }
    return {};
}

void addAllActions(Actions& actions)
{
    addFileActions(actions);
    addEditActions(actions);
    addViewActions(actions);
    addSessionActions(actions);
    addEvidenceActions(actions);
    addHelpActions(actions);
    // Those of the evidence pane too: Space as a key that is always on would press no button.
    actions.setOfViews(
        {"source.open",      "page.zoomIn",         "page.zoomOut",   "page.fit",
         "page.thumbnails",  "player.play",         "player.back",    "player.forward",
         "player.frameBack", "player.frameForward", "session.export", "edit.undo",
         "edit.redo",        "edit.paste",          "edit.find",      "answer.copy",
         "answer.copyText",  "question.send",       "question.edit",  "answer.retry",
         "answer.stop",      "session.sources",     "session.rename", "session.tag",
         "session.pin",      "session.delete"});
}

} // namespace ui
