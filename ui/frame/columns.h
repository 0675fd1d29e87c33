#pragma once

#include <map>
#include <QJsonObject>
#include <QPointer>
#include <QStackedWidget>
#include <QWidget>

class QSplitter;

namespace ui {

class View;

/// List, centre and evidence beside one another, by the collapse rules of the design: from 1180 px
/// all three; below it the list floats over the centre when it is asked for; widths are kept for
/// each view.
class Columns : public QWidget {
    Q_OBJECT
public:
    explicit Columns(QWidget* parent = nullptr);

    void addView(int id, View* view);
    void setCurrent(int id);
    int current() const { return current_; }
    View* view(int id) const;
    View* currentView() const { return view(current_); }
    /// Taken over; hidden until a view uses it.
    void setEvidence(QWidget* evidence);
    QWidget* evidence() const { return evidence_; }
    QWidget* listHolder() const { return lists_; }
    QWidget* centreHolder() const { return centres_; }

    /// Whether the pane is open beside the current view; kept for each view.
    void setEvidenceOpen(bool open);
    bool evidenceOpen() const;
    /// The list as a floating pane, where there is no room beside the centre.
    void setListFloating(bool shown);
    bool listFloats() const { return narrow_ && hasList(); }
    bool listFloatingShown() const;
    void toggleList();
    /// The keyboard is in the present view, on none of its controls: single letters are keys there.
    void focusCentre();

    QJsonObject saveState() const;
    void restoreState(const QJsonObject& state);

Q_SIGNALS:
    void evidenceOpenChanged(bool open);
    /// The list went behind its button, or came back.
    void listFloatsChanged(bool floats);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Widths {
        int list = 0;
        int evidence = 0;
        bool evidence_open = false;
        bool list_hidden = false;
    };

    bool hasList() const;
    Widths widths(int id) const;
    void arrange();
    void placeFloatingList();
    void rememberWidths();
    void applyWidths();

    QSplitter* splitter_;
    QStackedWidget* lists_;
    QStackedWidget* centres_;
    QWidget* evidence_ = nullptr;
    std::map<int, View*> views_;
    std::map<int, Widths> widths_; // by view
    int current_ = -1;
    bool narrow_ = false;
    bool list_shown_ = false; // floating
};

} // namespace ui
