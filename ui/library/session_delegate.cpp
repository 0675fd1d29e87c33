#include "ui/library/session_delegate.h"

#include "ui/library/session_model.h"
#include "ui/widgets/tag.h"

#include <algorithm>
#include <QLineEdit>
#include <QPainter>

namespace ui {
namespace {

constexpr int kIcon_px = 16;
constexpr int kMostTags = 3;
constexpr int kNameLeft_px = 40; // behind the icon, from the left of the row's ground

using theme::Color;

/// Puts things from the right end on; answers nothing where there is no room left.
class FromRight {
public:
    FromRight(const QRect& room, int most_px) : room_(room), left_(room.right() + 1), most_(most_px)
    {
    }
    bool take(QSize size, QRect& rect)
    {
        if (taken() + size.width() + theme::kGap_px > most_) return false;
        left_ -= size.width() + (taken() > 0 ? theme::kGap_px : 0);
        rect = QRect({left_, room_.center().y() - size.height() / 2}, size);
        return true;
    }
    int taken() const { return room_.right() + 1 - left_; }

private:
    QRect room_;
    int left_;
    int most_;
};

} // namespace

int SessionDelegate::paintEnd(
    QPainter& painter,
    const QRect& room,
    const QStyleOptionViewItem&,
    const QModelIndex& index) const
{
    FromRight end(room, room.width() / 2); // the name keeps the other half
    const qreal ratio = painter.device()->devicePixelRatioF();
    const auto icon = [&](const QString& name, Color color) {
        QRect rect;
        if (end.take({kIcon_px, kIcon_px}, rect))
            painter.drawPixmap(rect, theme::iconPixmap(name, color, kIcon_px, ratio));
    };
    if (index.data(SessionModel::PinnedRole).toBool())
        icon(QStringLiteral("bookmark"), Color::Text2);
    const QStringList icons = index.data(SessionModel::IconsRole).toStringList();
    if (icons.size() > 1) {
        for (auto name = icons.rbegin(); name != icons.rend(); ++name) icon(*name, Color::Text3);
    }
    QStringList tags = index.data(SessionModel::TagsRole).toStringList();
    const auto more = tags.size() - kMostTags;
    if (more > 0) tags = tags.mid(0, kMostTags) << QStringLiteral("+%1").arg(more);
    for (auto tag = tags.rbegin(); tag != tags.rend(); ++tag) {
        QRect rect;
        if (!end.take(Tag::measure(*tag), rect)) break;
        Tag::paint(painter, rect, *tag, TagKind::Plain);
    }
    return end.taken();
}

QWidget* SessionDelegate::createEditor(
    QWidget* parent,
    const QStyleOptionViewItem&,
    const QModelIndex&) const
{
    auto* field = new QLineEdit(parent);
    field->setAccessibleName(tr("Name of the session"));
    return field;
}

void SessionDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    auto* field = static_cast<QLineEdit*>(editor);
    field->setText(index.data(Qt::EditRole).toString());
    field->selectAll();
}

void SessionDelegate::setModelData(
    QWidget* editor,
    QAbstractItemModel* model,
    const QModelIndex& index) const
{
    model->setData(index, static_cast<QLineEdit*>(editor)->text(), Qt::EditRole);
}

void SessionDelegate::updateEditorGeometry(
    QWidget* editor,
    const QStyleOptionViewItem& option,
    const QModelIndex&) const
{
    const QRect ground = option.rect.adjusted(margin(), 0, -margin(), 0);
    const int height = std::min(editor->sizeHint().height(), ground.height() - 4);
    editor->setGeometry(
        ground.left() + kNameLeft_px - theme::kGap_px,
        ground.center().y() - height / 2,
        ground.width() - kNameLeft_px,
        height);
}

} // namespace ui
