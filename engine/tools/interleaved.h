#pragma once

#include "engine/tools/statistics.h"
#include "kernels/machine_limits.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace engine::tools {

/// What the machine could do at one moment, each time just before a run. On a shared machine a
/// ratio means something only between neighbours in time.
struct LimitsNow {
    double read_gb_s = 0;
    double gemm_gflops = 0; // of the arithmetic that this processor multiplies weights with
};

/// The best of three looks: a limit is what the machine can do, and threads that have just begun
/// may still share a core.
inline LimitsNow look_at(const kernels::MachineMeter& meter, bool exact)
{
    LimitsNow best;
    for (int look = 0; look < 3; ++look) {
        const double bf16 = exact ? 0 : meter.bf16_gflops();
        best.read_gb_s = std::max(best.read_gb_s, meter.read_gb_s());
        best.gemm_gflops = std::max(best.gemm_gflops, bf16 > 0 ? bf16 : meter.f32_gflops());
    }
    return best;
}

/// One thing that is measured again and again: its times beside what its operations and bytes would
/// take at the limits of the same moment.
class Case {
public:
    Case(std::string name, double flop, double bytes)
        : name_(std::move(name)), flop_(flop), bytes_(bytes)
    {
    }
    /// For work that is known only once it was done.
    void set_work(double flop, double bytes)
    {
        flop_ = flop;
        bytes_ = bytes;
    }
    void add(double time_s, const LimitsNow& limits)
    {
        const double limit_s =
            std::max(flop_ / (limits.gemm_gflops * 1e9), bytes_ / (limits.read_gb_s * 1e9));
        times_ms_.push_back(time_s * 1e3);
        limits_ms_.push_back(limit_s * 1e3);
        ratios_.push_back(limit_s / time_s);
    }
    nlohmann::json json() const
    {
        return {
            {"name", name_},
            {"ms", spread_of(times_ms_)},
            {"limit_ms", spread_of(limits_ms_)["median"]},
            {"gflop", flop_ / 1e9},
            {"bytes", bytes_},
            {"gflops", flop_ / 1e6 / median_ms()},
            {"gb_s", bytes_ / 1e6 / median_ms()},
            {"ratio", spread_of(ratios_)["median"]}};
    }
    double median_ms() const { return spread_of(times_ms_)["median"]; }
    double median_limit_ms() const { return spread_of(limits_ms_)["median"]; }
    double median_ratio() const { return spread_of(ratios_)["median"]; }

private:
    std::string name_;
    double flop_, bytes_;
    std::vector<double> times_ms_, limits_ms_, ratios_;
};

} // namespace engine::tools
