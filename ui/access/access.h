#pragma once

namespace ui {

/// Lists, menus, combo boxes and scroll areas of Qt tell assistive technology what we want said of
/// them; painted widgets do it themselves (widgets/accessible.h). Once, before the first window.
void installAccess();

} // namespace ui
