#include "ui/settings/languages_page.h"

#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QListWidget>
#include <QSignalBlocker>

namespace ui {

LanguagesPage::LanguagesPage(QWidget* parent) : SettingsPage(tr("Languages"), parent)
{
    addHeading(
        tr("Reading pictures of pages"),
        tr("Scans, photos and pages without text are read by OCR in these languages. Each one more "
           "makes reading slower."));
    ocr_ = new QListWidget;
    ocr_->setAccessibleName(tr("Languages of OCR"));
    ocr_->setMaximumHeight(8 * 32 + 4);
    addWide(ocr_);
    addEntry({tr("Languages of OCR"), tr("Scans, photos, Tesseract"), ocr_, ocr_});
    note_ = new TextLabel({}, theme::Step::Small, theme::Color::Text3);
    addSpace(6);
    addWide(note_);
    addHeading(tr("Hearing speech"));
    speech_ = new QComboBox;
    addRow(
        tr("Language of recordings"),
        tr("Detected for each recording. Name it where short recordings are taken for another "
           "one."),
        speech_);
    finish();
    connect(ocr_, &QListWidget::itemChanged, this, &LanguagesPage::changed);
    connect(speech_, &QComboBox::activated, this, [this](int index) {
        Q_EMIT speechChosen(speech_->itemData(index).toString());
    });
}

void LanguagesPage::setLanguages(const LanguagesState& state)
{
    const QSignalBlocker quiet(ocr_);
    const int current = ocr_->currentRow();
    ocr_->clear();
    for (const LanguageRow& language : state.ocr) {
        auto* item =
            new QListWidgetItem(QStringLiteral("%1 (%2)").arg(language.name, language.code), ocr_);
        item->setData(Qt::UserRole, language.code);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(language.on ? Qt::Checked : Qt::Unchecked);
    }
    ocr_->setCurrentRow(std::min(current, ocr_->count() - 1));
    ocr_->setVisible(!state.ocr.empty());
    ocr_->setFixedHeight(std::min<int>(8, static_cast<int>(state.ocr.size())) * 32 + 4);
    note_->setColor(state.ocr.empty() ? theme::Color::Warn : theme::Color::Text3);
    note_->setText(
        state.ocr.empty()
            ? tr("No language is installed, so pictures of pages stay unread. Install one with: "
                 "apt "
                 "install tesseract-ocr-eng")
            : tr("Installed on this computer. For more, install tesseract-ocr-LANGUAGE with your "
                 "package manager; it appears here at the next start."));
    speech_->clear();
    for (const auto& [code, name] : state.speech_choices) speech_->addItem(name, code);
    speech_->setCurrentIndex(std::max(0, speech_->findData(state.speech)));
}

void LanguagesPage::changed()
{
    QStringList codes;
    for (int i = 0; i < ocr_->count(); ++i)
        if (ocr_->item(i)->checkState() == Qt::Checked)
            codes << ocr_->item(i)->data(Qt::UserRole).toString();
    if (!codes.isEmpty()) {
        Q_EMIT ocrChosen(codes);
        return;
    }
    // Reading in no language is reading nothing: the last one stays.
    const QSignalBlocker quiet(ocr_);
    if (QListWidgetItem* item = ocr_->currentItem()) item->setCheckState(Qt::Checked);
    note_->setColor(theme::Color::Warn);
    note_->setText(tr("One language has to stay."));
}

} // namespace ui
