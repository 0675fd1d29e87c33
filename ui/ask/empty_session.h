#pragma once

#include <QStringList>
#include <QWidget>

class QPushButton;

namespace ui {

class ChipRow;
class DropFrame;
class TextLabel;

/// The centre of a new session: a large place to drop files, and questions that need none.
class EmptySession : public QWidget {
    Q_OBJECT
public:
    explicit EmptySession(QWidget* parent = nullptr);

    void setDragging(bool on);
    /// Questions about what the library holds already.
    void setSuggestions(const QStringList& questions);
    /// Whether the sample can still be tried.
    void setSample(bool offered);

Q_SIGNALS:
    void filesWanted();
    void suggestionChosen(const QString& question);
    void sampleWanted();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void createWidgets();
    void updateChips();

    DropFrame* drop_;
    TextLabel* heading_;
    TextLabel* detail_;
    QPushButton* choose_;
    ChipRow* chips_;
    QStringList suggestions_;
    bool sample_ = true;
};

} // namespace ui
