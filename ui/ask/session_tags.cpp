#include "ui/ask/session_tags.h"

#include "ui/widgets/overlay.h"
#include "ui/widgets/tag_panel.h"

namespace ui {

SessionTags::SessionTags(QWidget* view) : QObject(view), view_(view)
{
}

void SessionTags::open(QWidget* below, const QStringList& of_session, const QStringList& of_library)
{
    if (popup_ == nullptr) {
        popup_ = new Popup(view_->window());
        panel_ = new TagPanel;
        popup_->setContent(panel_);
        connect(panel_, &TagPanel::tagsChanged, this, &SessionTags::changed);
    }
    panel_->edit(of_session, of_library);
    popup_->openAt(below);
    panel_->focusField();
}

} // namespace ui
