#pragma once

#include "capture/reader/media/media_file.h"
#include "tests/support/temporary_folder.h"

#include <cstdlib>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <string>
#include <unistd.h>

/// Small recordings made by the ffmpeg program, opened without the reader process.
class MediaFiles : public testing::Test {
protected:
    ~MediaFiles() override
    {
        if (descriptor_ >= 0) close(descriptor_);
    }

    /// Runs ffmpeg with these arguments and the name of the new file behind them.
    std::filesystem::path make(const std::string& arguments, const std::string& name)
    {
        std::filesystem::path path = folder_ / name;
        const std::string command = "ffmpeg -loglevel error -y " + arguments + " " + path.string();
        EXPECT_EQ(std::system(command.c_str()), 0) << command;
        return path;
    }

    std::unique_ptr<capture::reader::MediaFile> open(const std::filesystem::path& path)
    {
        if (descriptor_ >= 0) close(descriptor_);
        descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        auto file = capture::reader::MediaFile::open(descriptor_, {});
        EXPECT_TRUE(file) << file.error().message;
        return file ? std::move(*file) : nullptr;
    }

    support::TemporaryFolder folder_;
    int descriptor_ = -1;
};
