// The models' page with the keyboard, on models of the test's own: it removes and damages them.

#include "tests/app/models/loopback_server.h"
#include "tests/support/larger_model.h"
#include "tests/window/keyboard_fixture.h"

#include <fstream>

namespace window_test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kVad = "Silero VAD 6.2.3, finds speech";
constexpr const char* kWheel = "/silero_vad-6.2.3-py3-none-any.whl";

class ModelsKeyboardTest : public KeyboardTest {
protected:
    void SetUp() override
    {
        for (const char* name :
             {"smollm2-135m-instruct", "whisper-base", "all-minilm-l6-v2", "silero-vad"})
            if (!support::model_file(name)) GTEST_SKIP() << support::no_model(name);
        // Files that nothing here changes are linked: a third of a gigabyte.
        for (const auto& entry : fs::recursive_directory_iterator{support::models_folder()}) {
            const fs::path to = models() / fs::relative(entry.path(), support::models_folder());
            if (entry.is_directory()) {
                fs::create_directories(to);
                continue;
            }
            std::error_code other_disk;
            if (entry.file_size() > 10'000'000) fs::create_hard_link(entry.path(), to, other_disk);
            if (!fs::exists(to)) fs::copy_file(entry.path(), to);
        }
    }
    fs::path models() const { return folder_ / "models"; }
    fs::path vad() const { return models() / "silero-vad/silero_vad.jit"; }

    /// Serves the wheel of the Python index that holds the speech finder.
    void serve_package()
    {
        const fs::path wheel = folder_ / "wheel";
        fs::create_directories(wheel / "silero_vad/data");
        fs::create_directories(wheel / "silero_vad-6.2.3.dist-info");
        fs::copy_file(vad(), wheel / "silero_vad/data/silero_vad.jit");
        std::ofstream{wheel / "silero_vad-6.2.3.dist-info/METADATA"}
            << "Metadata-Version: 2.1\nName: silero-vad\nVersion: 6.2.3\n";
        std::ofstream{wheel / "silero_vad-6.2.3.dist-info/WHEEL"}
            << "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n";
        folder_.write("wheel/silero_vad-6.2.3.dist-info/RECORD", "");
        const auto ran = support::run_command(
            {"python3",
             "-c",
             "import shutil, sys; shutil.make_archive(sys.argv[1], 'zip', sys.argv[2])",
             (folder_ / "package").string(),
             wheel.string()});
        ASSERT_EQ(ran.status, 0) << ran.err;
        index_.serve(kWheel, {.content = support::read_file(folder_ / "package.zip")});
        index_.serve(
            "/simple/silero-vad/",
            {.content = std::string{"<!DOCTYPE html><a href=\""} + kWheel + "\">wheel</a>",
             .type = "text/html"});
    }
    /// The model's home is out of reach, the Python index is here.
    std::vector<std::string> offline_but_for_the_index() const
    {
        auto variables = environment();
        for (const char* name : {"https_proxy", "HTTPS_PROXY"})
            variables.push_back(std::string{name} + "=http://127.0.0.1:1");
        for (const char* name : {"http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY"})
            variables.push_back(std::string{name} + "=");
        variables.push_back("PIP_CONFIG_FILE=/dev/null");
        variables.push_back("PIP_INDEX_URL=" + index_.url("/simple"));
        variables.push_back("PIP_EXTRA_INDEX_URL=");
        return variables;
    }
    /// Makes it a model of the user's own, before a window is there.
    void use(const fs::path& model) const
    {
        const auto kept = support::run_command(
            {std::string{PERCEPT_BIN_DIR} + "/percept-cli",
             "--data",
             data().string(),
             "--models",
             models().string(),
             "models",
             "use",
             model.string()});
        ASSERT_EQ(kept.status, 0) << kept.err;
    }
    /// Resident, in MB.
    static long memory(const PerceptWindow& window)
    {
        const std::string status =
            support::read_file("/proc/" + std::to_string(window.process()) + "/status");
        return std::stol(status.substr(status.find("VmRSS:") + 6)) / 1000;
    }

    models_test::LoopbackServer index_;
};

TEST_F(ModelsKeyboardTest, AModelIsVerifiedRemovedAndDownloaded)
{
    serve_package();
    PerceptWindow window{data(), {note("first.txt")}, offline_but_for_the_index(), models()};
    window.wait_for("first.txt, ready");
    key("ctrl+6");
    window.wait_for("In use", "heading");
    did("view.models");

    const std::string model{kVad};
    window.go_to("Verify, " + model);
    key("space");
    window.wait_for(model + " is as it was published, every byte.");
    window.wait_for_focus("Verify, " + model);
    did("Verify");

    // Where a byte is another one, it says which file.
    std::fstream{vad(), std::ios::in | std::ios::out | std::ios::binary}.seekp(1000).put('!');
    key("space");
    window.wait_for("silero_vad.jit", "label");
    window.wait_for_focus("Download again, " + model);
    shot("keyboard-damaged-model");

    window.go_to("Remove…, " + model);
    key("space");
    window.wait_for_focus("Keep");
    key("Escape");
    window.wait_for_focus("Remove…, " + model);
    EXPECT_TRUE(fs::exists(vad()));
    key("space");
    window.wait_for_focus("Keep");
    window.go_to("Remove", "push button", "shift+Tab");
    key("space");
    window.wait_for("Removed " + model);
    EXPECT_FALSE(fs::exists(vad()));
    did("Remove");

    window.wait_for_focus("Download, " + model);
    key("space");
    window.wait_for_focus("Pause the download");
    window.wait_for("The models are here, every byte checked.", "", 60);
    window.wait_for_focus("Speed test");
    EXPECT_TRUE(fs::exists(models() / "silero-vad/silero_vad.safetensors"));
    EXPECT_EQ(
        support::read_file(vad()),
        support::read_file(support::models_folder() / "silero-vad/silero_vad.jit"));
    EXPECT_EQ(index_.requests().back(), std::string{"GET "} + kWheel);
    did("Download");
    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(ModelsKeyboardTest, ModelsAreLoadedTestedAndUnloaded)
{
    PerceptWindow window{data(), {note("first.txt")}, environment(), models()};
    window.wait_for("first.txt, ready");
    key("ctrl+6");
    window.wait_for("In use", "heading");
    window.go_to("Unload the models"); // the file was read with one of them
    key("space");
    window.wait_for("Ready. Loaded when it is first asked for.");
    window.wait_for_focus("Load the models now");
    const long without = memory(window);
    key("space");
    window.wait_for("Loaded. Percept uses", "", 60);
    window.wait_for_focus("Unload the models");
    EXPECT_GT(memory(window), without + 60);
    key("space");
    window.wait_for("Ready. Loaded when it is first asked for.");
    EXPECT_TRUE(eventually([&] { return memory(window) < without + 30; }, 10)) << memory(window);
    did("Unload");

    window.go_to("Prompt of the engine test", "text");
    type("A lathe is");
    key("Tab");
    window.wait_for_focus("Run the engine test");
    key("space");
    EXPECT_TRUE(eventually(
        [&] { return window.wait_for("What the model writes", "text").text.size() > 20; },
        60));
    window.wait_for("Run the engine test", "push button", 60); // it was Stop meanwhile
    window.wait_for_focus("Run the engine test");
    EXPECT_EQ(stored("SELECT count(*) FROM message"), "0\n"); // kept nowhere
    did("Engine test");

    window.go_to("Use a folder");
    key("space");
    key("Down"); // in a menu, which no tree shows
    key("Return");
    window.wait_for("Use a folder I have", "dialog");
    key("Escape");
    window.wait_for_focus("Use a folder");
    did("Use a folder I have…");

    window.go_to("Speed test");
    key("space");
    window.wait_for("Stop the test");
    window.wait_gone("Not measured yet.", "", 120);
    did("Speed test");
    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(ModelsKeyboardTest, ALargerModelIsSwitchedOnAndLetWrite)
{
    support::write_larger_model(
        PERCEPT_TEST_DATA "/gguf/qwen2.gguf",
        models() / "qwen2.5-1.5b-instruct/qwen2.5-1.5b-instruct-q4_k_m.gguf",
        1'117'320'736);
    PerceptWindow window{data(), {note("first.txt")}, environment(), models()};
    window.wait_for("first.txt, ready");
    key("ctrl+6");
    const std::string model = "Qwen2.5 1.5B Instruct, Q4_K_M";
    window.wait_for("was not measured"); // so it quotes
    window.go_to("Let " + model + " write answers");
    key("space");
    window.wait_for_focus("Quotes only"); // the question's careful answer
    key("Escape");
    window.wait_for_focus("Let " + model + " write answers");
    const char* const writes = "SELECT value FROM setting WHERE key = 'writing_models'";
    EXPECT_EQ(stored(writes), "");
    key("space");
    window.wait_for_focus("Quotes only");
    key("shift+Tab");
    window.wait_for_focus("Let it write");
    key("space");
    window.wait_for("Let " + model + " write no answers");
    EXPECT_TRUE(stored_is(writes, "[\"qwen2.5-1.5b-instruct\"]"));

    window.go_to("Let " + model + " answer", "check box");
    key("space");
    window.wait_for(model + ", with the starter models for reading");
    shot("keyboard-larger-model");
    did("Larger models");
    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(ModelsKeyboardTest, AModelOfTheUsersOwnMayWriteAnswers)
{
    const fs::path model = folder_ / "models of mine/nano";
    fs::create_directories(model.parent_path());
    fs::copy(PERCEPT_TEST_DATA "/omni/b/bf16", model);
    use(model);
    PerceptWindow window{data(), {note("first.txt")}, environment(), models()};
    window.wait_for("first.txt, ready");
    key("ctrl+6");
    window.wait_for("Let nano write answers");
    window.wait_for("of memory");
    window.go_to("Let nano write answers");
    key("space");
    window.wait_for_focus("Quotes only"); // the question's careful answer
    key("Escape");
    window.wait_for_focus("Let nano write answers");
    const char* const writes =
        "SELECT json_extract(value, '$[0].writes_answers') FROM setting WHERE key = 'own_models'";
    EXPECT_EQ(stored(writes), "0\n");
    key("space");
    window.wait_for_focus("Quotes only");
    key("shift+Tab");
    window.wait_for_focus("Let it write");
    key("space");
    window.wait_for("Let nano write no answers");
    EXPECT_TRUE(stored_is(writes, "1"));
    did("Let it write answers");

    window.wait_for_focus("Let nano write no answers"); // it stands where the other stood
    key("space");
    window.wait_for("Let nano write answers");
    EXPECT_TRUE(stored_is(writes, "0"));
    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(ModelsKeyboardTest, ARecogniserOfOnesOwnListensFromTheKeyboard)
{
    const fs::path model = folder_ / "parakeet";
    fs::copy(fs::path{PERCEPT_TEST_DATA} / "parakeet/model", model);
    use(model);
    PerceptWindow window{data(), {note("first.txt")}, environment(), models()};
    window.wait_for("first.txt, ready");
    key("ctrl+6");
    window.wait_for("Off. Recordings are listened to with Whisper.");
    const char* const listens =
        "SELECT json_extract(value, '$[0].listens') FROM setting WHERE key = 'own_models'";
    EXPECT_EQ(stored(listens), "0\n");
    window.go_to("Listen with parakeet", "check box");
    key("space");
    window.wait_for("On. Recordings are listened to with it");
    EXPECT_TRUE(stored_is(listens, "1"));
    did("Listen with it");

    window.wait_for_focus("Listen with parakeet");
    key("space");
    window.wait_for("Off. Recordings are listened to with Whisper.");
    EXPECT_TRUE(stored_is(listens, "0"));
    EXPECT_EQ(window.close(), 0) << window.err();
}

} // namespace
} // namespace window_test
