#pragma once

#include "ui/theme/theme.h"

#include <QIconEngine>

namespace ui::theme {

/// Name that icon() gives to its icons, so that the style can draw them in the colour of a button.
inline const QString kIconNamePrefix = QStringLiteral("percept/");
/// The name of an icon of ours, empty for any other.
QString ownName(const QIcon& icon);

/// Draws one icon in the colours of the moment: a change of mode needs no new icons.
class IconEngine : public QIconEngine {
public:
    IconEngine(QString name, Color normal) : name_(std::move(name)), normal_(normal) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap
    scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    QIconEngine* clone() const override { return new IconEngine(name_, normal_); }
    QString key() const override { return QStringLiteral("percept"); }
    QString iconName() override { return kIconNamePrefix + name_; }
    bool isNull() override { return false; }

private:
    QColor inked(QIcon::Mode mode, QIcon::State state) const;

    QString name_;
    Color normal_;
};

} // namespace ui::theme
