#include "tests/window/probe/facts.h"

#include "tests/window/probe/recorder.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QHash>
#include <QJsonArray>
#include <QLabel>
#include <QScreen>
#include <QScrollBar>
#include <QWidget>
#include <QWindow>

namespace probe {
namespace {

constexpr QChar kEllipsis{0x2026};
constexpr int kRowsMost = 200;

QJsonArray as_json(const QRectF& rect)
{
    return {rect.x(), rect.y(), rect.width(), rect.height()};
}

/// A rectangle that is partly clipped is told by its bounds.
QRectF visible_in(const QWidget& widget)
{
    return widget.visibleRegion().boundingRect();
}

QString name_of(QWidget* widget)
{
    QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
    return accessible != nullptr ? accessible->text(QAccessible::Name) : QString();
}

/// The scroll area whose content `widget` is part of, or is the viewport of.
const QAbstractScrollArea* scroll_area_of(const QWidget* widget)
{
    for (const QWidget* at = widget; at != nullptr && !at->isWindow(); at = at->parentWidget()) {
        const auto* area = qobject_cast<const QAbstractScrollArea*>(at->parentWidget());
        if (area != nullptr && area->viewport() == at) return area;
    }
    return nullptr;
}

bool scrolls(const QScrollBar* bar)
{
    return bar->maximum() > bar->minimum();
}

/// Everything in which a cut text may be found whole.
QStringList whole_texts(QWidget* widget, const QPoint& at)
{
    QStringList found{widget->toolTip(), name_of(widget)};
    if (const auto* label = qobject_cast<QLabel*>(widget)) found << label->text();
    if (const auto* button = qobject_cast<QAbstractButton*>(widget)) found << button->text();
    const auto* area = qobject_cast<QAbstractItemView*>(widget->parentWidget());
    if (area != nullptr && area->viewport() == widget) {
        const QModelIndex row = area->indexAt(at);
        for (const int role : {Qt::ToolTipRole, Qt::AccessibleTextRole, Qt::DisplayRole})
            found << row.data(role).toString();
    }
    found.removeAll({});
    return found;
}

/// Why a text ends in an ellipsis: it says so, or is cut and found whole elsewhere, or is lost.
QString ellipsis_of(const QString& text, const QStringList& whole)
{
    if (!text.contains(kEllipsis)) return {};
    for (const QString& each : whole)
        if (each.contains(text)) return QStringLiteral("said");
    const QString head = text.section(kEllipsis, 0, 0).trimmed();
    const QString tail = text.section(kEllipsis, 1).trimmed();
    for (const QString& each : whole)
        if (each.contains(head) && (tail.isEmpty() || each.contains(tail)))
            return QStringLiteral("cut");
    return QStringLiteral("lost");
}

class Ground {
public:
    Ground(const QImage& display, qreal ratio) : display_(display), ratio_(ratio) {}

    /// The most frequent colour of the display within `rect`, but `ink`.
    QString under(const QRectF& rect, const QColor& ink) const
    {
        const QRect room =
            QRectF(rect.topLeft() * ratio_, rect.size() * ratio_).toAlignedRect() & display_.rect();
        QHash<QRgb, int> counted;
        for (int y = room.top(); y <= room.bottom(); ++y)
            for (int x = room.left(); x <= room.right(); ++x)
                ++counted[display_.pixel(x, y) & RGB_MASK];
        QRgb best = 0;
        int most = 0;
        for (auto it = counted.begin(); it != counted.end(); ++it)
            if (it.value() > most && !alike(it.key(), ink)) {
                most = it.value();
                best = it.key();
            }
        return most > 0 ? QColor::fromRgb(best).name() : QString();
    }

    QString at(const QPointF& point) const
    {
        const QPoint pixel = (point * ratio_).toPoint();
        return display_.rect().contains(pixel) ? display_.pixelColor(pixel).name() : QString();
    }

private:
    static bool alike(QRgb pixel, const QColor& ink)
    {
        return std::abs(qRed(pixel) - ink.red()) + std::abs(qGreen(pixel) - ink.green()) +
                   std::abs(qBlue(pixel) - ink.blue()) <
               24;
    }

    const QImage& display_;
    qreal ratio_;
};

class Look {
public:
    explicit Look(QWidget& window)
        : window_(window), display_(window.screen()->grabWindow(window.winId()).toImage()),
          ground_(display_, window.devicePixelRatioF())
    {
        display_.setDevicePixelRatio(1);
        add(&window, -1);
    }

    QJsonObject facts() const
    {
        QWidget* focus = QApplication::focusWidget();
        return {
            {"font_px",
             QFontInfo(QFontDatabase::systemFont(QFontDatabase::GeneralFont)).pixelSize()},
            {"fixed_family", QFontDatabase::systemFont(QFontDatabase::FixedFont).family()},
            {"ratio", window_.devicePixelRatioF()},
            {"focus", focus != nullptr ? ids_.value(focus, -1) : -1},
            {"widgets", widgets_},
            {"texts", texts_},
            {"fills", fills_},
            {"strokes", strokes_},
            {"marks", marks_},
            {"rows", rows_}};
    }

private:
    void add(QWidget* widget, int parent)
    {
        const int id = static_cast<int>(widgets_.size());
        ids_.insert(widget, id);
        const QPoint origin = widget->mapTo(&window_, QPoint(0, 0));
        const QRectF seen = visible_in(*widget).translated(origin);
        const QAbstractScrollArea* area = scroll_area_of(widget);
        const QSize least = widget->minimumSizeHint();
        widgets_.append(QJsonObject{
            {"parent", parent},
            {"kinds", kinds_of(widget)},
            {"object", widget->objectName()},
            {"name", name_of(widget)},
            {"rect", as_json(QRectF(origin, widget->size()))},
            {"seen", as_json(seen)},
            {"least", QJsonArray{least.width(), least.height()}},
            {"enabled", widget->isEnabled()},
            {"checked", is_checked(widget)},
            {"role", widget->property("percept_role").toInt()},
            {"size", widget->property("percept_size").toInt()},
            {"touched", !widget->testAttribute(Qt::WA_TransparentForMouseEvents)},
            {"scrolls_x", area != nullptr && scrolls(area->horizontalScrollBar())},
            {"scrolls_y", area != nullptr && scrolls(area->verticalScrollBar())}});
        add_drawn(widget, id, origin, seen);
        if (const auto* rows = qobject_cast<QAbstractItemView*>(widget)) add_rows(*rows, id);
        const auto children = widget->children();
        for (QObject* child : children) {
            auto* inner = qobject_cast<QWidget*>(child);
            if (inner == nullptr || inner->isWindow() || !inner->isVisible()) continue;
            add(inner, id);
        }
    }

    /// Its class, then those that it is derived from.
    static QJsonArray kinds_of(const QWidget* widget)
    {
        QJsonArray kinds;
        for (const QMetaObject* at = widget->metaObject(); at != &QWidget::staticMetaObject;
             at = at->superClass())
            kinds.append(at->className());
        if (kinds.isEmpty()) kinds.append("QWidget");
        return kinds;
    }
    void add_rows(const QAbstractItemView& view, int id)
    {
        const QAbstractItemModel* model = view.model();
        for (int row = 0; model != nullptr && row < std::min(model->rowCount(), kRowsMost); ++row) {
            const QModelIndex index = model->index(row, 0);
            const QRect rect = view.visualRect(index);
            if (!rect.intersects(view.viewport()->rect())) continue;
            const QPoint origin = view.viewport()->mapTo(&window_, rect.topLeft());
            rows_.append(QJsonObject{
                {"widget", id},
                {"chosen", index.flags().testFlag(Qt::ItemIsSelectable)},
                {"rect", as_json(QRectF(origin, rect.size()))}});
        }
    }
    static bool is_checked(QWidget* widget)
    {
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        return button != nullptr && button->isChecked();
    }

    void add_drawn(QWidget* widget, int id, const QPoint& origin, const QRectF& seen)
    {
        if (widget->size().isEmpty()) return;
        Recorder recorder{widget->size()};
        widget->render(&recorder, {}, {}, QWidget::DrawWindowBackground);
        for (const DrawnText& drawn : recorder.texts) {
            const QRectF ink = drawn.ink.translated(origin);
            const bool on_top = is_on_top(widget, ink.center().toPoint());
            texts_.append(QJsonObject{
                {"widget", id},
                {"text", drawn.text},
                {"ink", as_json(ink)},
                {"room", as_json(drawn.clip.translated(origin) & seen)},
                {"font_px", QFontInfo(drawn.font).pixelSize()},
                {"weight", drawn.font.weight()},
                {"family", drawn.font.family()},
                {"ellipsis",
                 ellipsis_of(drawn.text, whole_texts(widget, drawn.ink.center().toPoint()))},
                {"ink_color", drawn.pen.name(QColor::HexArgb)},
                {"ground", on_top ? ground_.under(ink & seen, drawn.pen) : QString()}});
        }
        for (const DrawnFill& drawn : recorder.fills)
            fills_.append(QJsonObject{
                {"widget", id},
                {"rect", as_json(drawn.rect.translated(origin))},
                {"color", drawn.color.name(QColor::HexArgb)}});
        for (const DrawnStroke& drawn : recorder.strokes) {
            const QRectF rect = drawn.rect.translated(origin);
            strokes_.append(QJsonObject{
                {"widget", id},
                {"rect", as_json(rect)},
                {"width_px", drawn.width_px},
                {"color", drawn.color.name(QColor::HexArgb)},
                {"shown", ground_.at({rect.center().x(), rect.top()})}});
        }
        for (const DrawnMark& drawn : recorder.marks) {
            const QRectF rect = drawn.rect.translated(origin);
            if (!drawn.ink.isValid() || !is_on_top(widget, rect.center().toPoint())) continue;
            marks_.append(QJsonObject{
                {"widget", id},
                {"rect", as_json(rect)},
                {"ink_color", drawn.ink.name(QColor::HexArgb)},
                {"ground", ground_.under(rect.adjusted(-1, -1, 1, 1), drawn.ink)}});
        }
    }

    /// Nothing lies over it there: what the display shows is its own.
    bool is_on_top(const QWidget* widget, const QPoint& at) const
    {
        const QWidget* top = window_.childAt(at);
        return top != nullptr && (top == widget || widget->isAncestorOf(top) ||
                                  top->testAttribute(Qt::WA_TransparentForMouseEvents));
    }

    QWidget& window_;
    QImage display_;
    Ground ground_;
    QHash<const QWidget*, int> ids_;
    QJsonArray widgets_;
    QJsonArray texts_;
    QJsonArray fills_;
    QJsonArray strokes_;
    QJsonArray marks_;
    QJsonArray rows_;
};

} // namespace

QJsonObject facts_of(QWidget& window)
{
    return Look{window}.facts();
}

} // namespace probe
