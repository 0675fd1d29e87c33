#pragma once

#include <QSplitter>

namespace ui {

/// A QSplitter whose handles are a hairline of 1 px and take the pointer on 7 px. A screen reader
/// meets its parts from left to right.
class Splitter : public QSplitter {
    Q_OBJECT
public:
    explicit Splitter(Qt::Orientation orientation = Qt::Horizontal, QWidget* parent = nullptr);

protected:
    QSplitterHandle* createHandle() override;
};

} // namespace ui
