#pragma once

#include <QObject>
#include <QStringList>

class QWidget;

namespace ui {

class Popup;
class TagPanel;

/// Tags of the session that is shown, in a popup; made when it is first opened.
class SessionTags : public QObject {
    Q_OBJECT
public:
    explicit SessionTags(QWidget* view);

    void open(QWidget* below, const QStringList& of_session, const QStringList& of_library);

Q_SIGNALS:
    void changed(const QStringList& tags);

private:
    QWidget* view_;
    Popup* popup_ = nullptr;
    TagPanel* panel_ = nullptr;
};

} // namespace ui
