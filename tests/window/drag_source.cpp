// drag_source FILE...: a small window of another program; pressed and moved, it drags the files.

#include <QApplication>
#include <QDrag>
#include <QLabel>
#include <QMimeData>
#include <QMouseEvent>
#include <QUrl>

namespace {

class Source : public QLabel {
public:
    explicit Source(const QStringList& files) : QLabel("drag me")
    {
        for (const QString& file : files) urls_ << QUrl::fromLocalFile(file);
        setGeometry(0, 0, 120, 60);
        setWindowFlag(Qt::X11BypassWindowManagerHint); // stays where it is put, above the rest
    }

protected:
    void mouseMoveEvent(QMouseEvent*) override
    {
        auto* dragged = new QMimeData;
        dragged->setUrls(urls_);
        auto* drag = new QDrag(this);
        drag->setMimeData(dragged);
        drag->exec(Qt::CopyAction);
        QApplication::quit();
    }

private:
    QList<QUrl> urls_;
};

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    Source source(QApplication::arguments().mid(1));
    source.show();
    return QApplication::exec();
}
