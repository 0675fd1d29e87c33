#pragma once

#include <QStringList>
#include <QWidget>

class QLineEdit;

namespace ui {

class RowModel;
class SectionedList;

/// Tags of one session: those of the library, found by what is typed, those it has checked; a new
/// word becomes a new tag. Content of a Popup.
class TagPanel : public QWidget {
    Q_OBJECT
public:
    explicit TagPanel(QWidget* parent = nullptr);

    void edit(const QStringList& of_session, const QStringList& of_library);
    /// Words go where tags are found; the list follows by the arrows.
    void focusField();
    QStringList tags() const { return tags_; }

Q_SIGNALS:
    void tagsChanged(const QStringList& tags);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showRows();
    void toggle(int row);

    QLineEdit* field_;
    SectionedList* list_;
    RowModel* model_;
    QStringList tags_;
    QStringList known_;
};

} // namespace ui
