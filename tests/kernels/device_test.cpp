#include "kernels/backend.h"
#include "kernels/cpu/isa.h"

#include <gmock/gmock.h>

#include <cstdlib>

namespace kernels {
namespace {

/// Sets PERCEPT_CPU for one test.
class DeviceTest : public testing::Test {
protected:
    void TearDown() override { unsetenv("PERCEPT_CPU"); }
    static void force(const char* word) { setenv("PERCEPT_CPU", word, 1); }
};

TEST_F(DeviceTest, AWordForcesAPathThatTheProcessorHas)
{
    force("scalar");
    EXPECT_EQ(cpu::choose_isa(), cpu::Isa::Scalar);
    EXPECT_EQ(make_cpu_backend(1)->description(), "CPU, scalar, 1 thread");
    const cpu::Isa second = cpu::supports(cpu::Isa::Avx2) ? cpu::Isa::Avx2 : cpu::Isa::Scalar;
    force("avx2");
    EXPECT_EQ(cpu::choose_isa(), second);
}

TEST_F(DeviceTest, AnUnknownWordIsRefusedWithASentenceAndTheBestIsUsed)
{
    const cpu::Isa best = cpu::choose_isa();
    force("mmx");
    testing::internal::CaptureStderr();
    EXPECT_EQ(cpu::choose_isa(), best);
    EXPECT_THAT(testing::internal::GetCapturedStderr(), testing::HasSubstr("\"mmx\""));
}

TEST_F(DeviceTest, CudaIsSpokenOfInASentence)
{
    EXPECT_THAT(cuda_status(), testing::EndsWith("."));
}

} // namespace
} // namespace kernels
