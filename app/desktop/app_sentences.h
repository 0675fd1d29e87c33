#pragma once

#include <QString>
#include <span>
#include <string>

/// What `app` and the modules below it say, in the language of the window. They know no Qt and say
/// it in English, with names and numbers put in, and some of it is stored so. A sentence is found
/// again by its form.
namespace app::desktop {

/// `english` in the window's language, also what was put into it; as it is where no form fits.
/// From any thread.
QString translated(const std::string& english);
QString translated(const QString& english);

/// The forms that are known: "There is no session %1." A test compares them with the code.
std::span<const char* const> appSentences();

} // namespace app::desktop
