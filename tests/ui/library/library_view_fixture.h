#pragma once

#include "tests/ui/support/widgets.h"
#include "ui/frame/actions.h"
#include "ui/library/library_view.h"
#include "ui/library/session_model.h"
#include "ui/library/types.h"
#include "ui/palette/types.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/sectioned_list.h"

#include <gtest/gtest.h>
#include <QHBoxLayout>
#include <QMainWindow>
#include <QSignalSpy>
#include <QTest>

namespace ui {

/// A week of somebody who works on a tender: a pinned session and four others.
LibraryPage somePage();
LibraryNumbers someNumbers();
/// Hits of every kind for these two words.
SearchResult generatorTest(int ticket);

/// The view in a window beside its list, with all actions.
class LibraryViewTest : public testing::Test {
protected:
    LibraryViewTest() : actions_(&window_)
    {
        addAllActions(actions_);
        auto* centre = new QWidget;
        auto* row = new QHBoxLayout(centre);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(0);
        view_ = new LibraryView;
        view_->listPane()->setFixedWidth(240);
        row->addWidget(view_->listPane());
        row->addWidget(view_, 1);
        window_.setCentralWidget(centre);
        window_.resize(824, 772);
        QObject::connect(view_, &View::actionsChanged, [this] { updateActions(); });
        window_.show();
        view_->listPane()->show();
        window_.activateWindow();
        view_->activate();
    }
    void SetUp() override { ASSERT_TRUE(QTest::qWaitForWindowActive(&window_)); }
    void updateActions()
    {
        actions_.beginUpdate();
        view_->updateActions(actions_);
    }
    void fill()
    {
        view_->setNumbers(someNumbers());
        view_->setPage(somePage());
    }
    /// Types and answers what the view asks for.
    void find()
    {
        QSignalSpy wanted(view_, &LibraryView::searchWanted);
        QTest::keyClicks(field(), "generator test");
        ASSERT_TRUE(wanted.wait(1000));
        view_->setResult(generatorTest(wanted.last()[0].toInt()));
    }
    SearchField* field() { return view_->findChild<SearchField*>(); }
    SectionedList* list(const char* name)
    {
        for (auto* list : view_->findChildren<SectionedList*>()) {
            if (list->accessibleName() == QLatin1String(name)) return list;
        }
        return nullptr;
    }
    SectionedList* sessions() { return list("Sessions"); }
    SectionedList* hits() { return list("Places found"); }
    void chooseSession(storage::SessionId id)
    {
        auto* model = static_cast<SessionModel*>(sessions()->model());
        sessions()->setFocus();
        sessions()->select(model->index(model->find(id)));
    }
    QAction& action(const char* name) { return *actions_[QLatin1String(name)]; }

    QMainWindow window_;
    Actions actions_;
    LibraryView* view_;
};

} // namespace ui
