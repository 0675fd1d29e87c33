#include "app/settings.h"

#include "tests/storage/library_fixture.h"

#include <gmock/gmock.h>

using namespace app;
using storage_test::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

class SettingsTest : public storage_test::LibraryTest {};

TEST_F(SettingsTest, ComeBackAsTheyWereSaved)
{
    EXPECT_EQ(must(load_settings(library())).settings, Settings{}) << "nothing is stored yet";
    Settings settings;
    settings.ocr_languages = "eng+chi_sim";
    settings.speech_language = "de";
    settings.threads = 3;
    settings.device = "cuda:1";
    settings.engine = "https://example.org/v1";
    settings.servers = {{"Mine", "http://127.0.0.1:8000/v1", "MY_KEY", ""}};
    settings.keys = {{"session.new", "Ctrl+Shift+N"}};
    settings.page_cache_bytes = 1'000'000;

    must(save_settings(library(), settings));
    reopen();

    const auto loaded = must(load_settings(library()));
    EXPECT_EQ(loaded.settings, settings);
    EXPECT_THAT(loaded.notes, IsEmpty());
}

TEST_F(SettingsTest, WhatIsNotUnderstoodFallsBackAndIsSaid)
{
    must(library().set_setting(
        "settings",
        R"({"threads": -4, "device": "tpu", "ocr_languages": "eng;rm",
            "engine": "starter", "speech_language": "en", "page_cache_bytes": 12,
            "servers": [{"name": "Odd", "url": "ftp://x"}, {"name": "Good", "url": "http://y"}]})"));

    const auto loaded = must(load_settings(library()));

    EXPECT_EQ(loaded.settings.threads, 0);
    EXPECT_EQ(loaded.settings.device, "auto");
    EXPECT_EQ(loaded.settings.ocr_languages, "eng");
    EXPECT_EQ(loaded.settings.speech_language, "en") << "the good ones are taken";
    EXPECT_EQ(loaded.settings.page_cache_bytes, 12u);
    ASSERT_THAT(loaded.settings.servers, SizeIs(1));
    EXPECT_THAT(
        loaded.notes,
        ElementsAre(HasSubstr("OCR"), HasSubstr("threads"), HasSubstr("device"), HasSubstr("Odd")));

    must(library().set_setting("settings", "no document"));
    EXPECT_EQ(must(load_settings(library())).settings, Settings{});
    EXPECT_THAT(must(load_settings(library())).notes, SizeIs(1));
}

TEST_F(SettingsTest, NoKeyIsStoredAndWhatANewerProgramStoredStays)
{
    must(library().set_setting("settings", R"({"future": 7})"));
    Settings settings;
    settings.servers = {{"Mine", "http://x", "sk-abc.123", ""}};
    EXPECT_EQ(save_settings(library(), settings).error().code, ErrorCode::BadUsage);
    settings.servers[0].key_variable = "MY_KEY";
    must(save_settings(library(), settings));
    EXPECT_THAT(*must(library().setting("settings")), HasSubstr("\"future\":7"));
    settings.device = "tpu";
    EXPECT_EQ(save_settings(library(), settings).error().code, ErrorCode::BadUsage);
}

} // namespace
