#pragma once

#include <QString>
#include <vector>

namespace ui {

class Actions;

/// One page of the guide: a task and how it is done.
struct GuidePage {
    QString id;    // "02-ask"
    QString title; // its first heading
    QString markdown;
};

/// The guide in the language of the application, English where a page is not translated. Built
/// into the program: nothing is read from the disk.
std::vector<GuidePage> guidePages();

/// `{{question.send}}` becomes the key that this action has now, "no key" where it has none; an
/// unknown name is our mistake and stops the program.
QString withKeys(QString markdown, const Actions& actions);

/// All actions with their keys, menu by menu, as a page.
GuidePage keysPage(const Actions& actions);

} // namespace ui
