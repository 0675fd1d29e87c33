#pragma once

#include "ui/frame/view.h"
#include "ui/models/types.h"

#include <map>

class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace ui {

class EngineTest;
class MachinePanel;
class SectionLabel;
class ServerForm;
class Switch;
class ThingRow;

/// What answers, what the catalogue has and whether it fits, servers, this computer. Told
/// everything through slots; asks for everything through signals.
class ModelsView : public View {
    Q_OBJECT
public:
    explicit ModelsView(QWidget* parent = nullptr);

    bool usesEvidence() const override { return false; }
    void activate() override;
    bool escape() override;

    void setInUse(const InUse& in_use);
    void setCatalogue(const std::vector<ModelRow>& rows);
    void setFetch(const FetchState& fetch);
    void setOwnModels(const std::vector<OwnModelRow>& rows);
    void setServers(const std::vector<ServerRow>& rows);
    void setMachine(const MachineUse& machine);
    void setSpeed(const SpeedState& speed);
    void setEngineTest(const EngineTestState& state);
    void appendTestText(const QString& text);
    /// A sentence on top of the page about the last thing that was tried; empty: none.
    void setNotice(const QString& sentence, bool failed);

    ThingRow* row(const QString& id) const;

Q_SIGNALS:
    /// `id` of a row, or "starter".
    void fetchRequested(const QString& id);
    void pauseRequested();
    void cancelRequested();
    void verifyRequested(const QString& id);
    void verifyCancelled();
    void removeRequested(const QString& id);
    void modelSwitched(const QString& id, bool on);
    void modelWrites(const QString& id, bool writes);
    void loadRequested();
    void unloadRequested();
    void speedTestRequested();
    void speedTestCancelled();
    void folderChosen(const QString& path);
    void ownModelForgotten(const QString& path);
    void ownModelSwitched(const QString& path, bool on);
    void ownModelWrites(const QString& path, bool writes);
    void ownModelListens(const QString& path, bool listens);
    void serverAdded(const QString& name, const QString& url);
    void serverRemoved(const QString& url);
    void serverTestRequested(const QString& url);
    void serverSwitched(const QString& url, bool on);
    void testRequested(const QString& prompt);
    void testStopped();
    /// The page is looked at or not: figures are measured only while it is.
    void watched(bool on);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void createWidgets();
    void connectSignals();
    void makeModelRow(const ModelRow& model);
    void updateModelRow(const ModelRow& model);
    void addAnswering(const QString& id);
    void updateAnswering(const ModelRow& model);
    void updateInUse();
    void makeServerRows();
    void makeOwnRows();
    ThingRow* makeOwnRow(const OwnModelRow& model);
    void addWriting(ThingRow* row, const OwnModelRow& model);
    void addForgetting(ThingRow* row, const OwnModelRow& model);
    void addSwitch(ThingRow* row, const OwnModelRow& model);
    void orderTabs();
    void chooseFolder(bool folder);

    struct ModelWidgets {
        ThingRow* row = nullptr;
        QPushButton* fetch = nullptr;
        QPushButton* pause = nullptr;
        QPushButton* cancel = nullptr;
        QPushButton* verify = nullptr;
        QPushButton* remove = nullptr;
        QPushButton* writes = nullptr; // with `on`, where the user decides
        Switch* on = nullptr;
    };

    QPushButton* use_folder_;
    QPushButton* add_server_;
    QScrollArea* scroll_;
    class Banner* notice_;
    ThingRow* in_use_row_;
    QPushButton* download_all_;
    QPushButton* pause_all_;
    QPushButton* cancel_all_;
    QPushButton* speed_test_;
    QPushButton* load_;
    QVBoxLayout* starter_;
    QVBoxLayout* larger_;
    SectionLabel* larger_head_;
    QVBoxLayout* own_;
    SectionLabel* own_head_;
    QVBoxLayout* servers_;
    SectionLabel* servers_head_;
    ServerForm* server_form_;
    EngineTest* test_;
    MachinePanel* machine_;
    std::map<QString, ModelWidgets> models_;
    std::vector<ModelRow> rows_;
    std::vector<OwnModelRow> own_rows_;
    std::vector<ServerRow> server_rows_;
    FetchState fetch_;
    InUse in_use_;
    bool measuring_ = false;
    bool back_to_load_ = false; // once what was pressed there is done
};

} // namespace ui
