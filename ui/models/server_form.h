#pragma once

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace ui {

class TextLabel;

/// A server to add: name and address, in place. It is not switched on by adding it.
class ServerForm : public QWidget {
    Q_OBJECT
public:
    explicit ServerForm(QWidget* parent = nullptr);
    void open();
    void close();

Q_SIGNALS:
    void add(const QString& name, const QString& url);
    void cancelled();

private:
    void press();

    QLineEdit* name_;
    QLineEdit* url_;
    QPushButton* add_;
    TextLabel* note_;
};

} // namespace ui
