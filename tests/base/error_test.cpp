#include "base/result.h"

#include <gtest/gtest.h>

using base::Error;
using base::ErrorCode;
using base::fail;
using base::Result;

TEST(ErrorTest, CarriesCodeSentenceAndWayOut)
{
    const Result<int> result =
        fail(ErrorCode::FileNotFound, "No file at a.pdf.", "Check the path.");

    ASSERT_FALSE(result);
    EXPECT_EQ(name(result.error().code), "FileNotFound");
    EXPECT_EQ(result.error().message, "No file at a.pdf.");
    EXPECT_EQ(result.error().hint, "Check the path.");
}
