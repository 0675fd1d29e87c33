// minilm_bench MODEL_DIR TEXTS_FILE THREADS fast|exact: one text a line of the file; for every line
// "go" on standard input embeds all texts once and prints the seconds. Driven by
// minilm_vs_onnxruntime, which interleaves it with its peer.
#include "engine/text_embedder.h"
#include "kernels/machine_limits.h"

#include <chrono>
#include <fstream>
#include <iostream>
#include <string>

int main(int count, char** arguments)
{
    if (count != 5) {
        std::cerr << "minilm_bench MODEL_DIR TEXTS_FILE THREADS fast|exact\n";
        return 2;
    }
    engine::EmbedRequest request;
    std::ifstream file(arguments[2]);
    for (std::string line; std::getline(file, line);) request.texts.push_back(line);
    engine::DeviceChoice device;
    device.threads = std::stoi(arguments[3]);
    const bool fast = std::string(arguments[4]) == "fast";
    engine::Worker worker(device);
    const auto before = std::chrono::steady_clock::now();
    auto embedder = engine::TextEmbedder::open(
        worker,
        arguments[1],
        fast ? kernels::Compute::Fast : kernels::Compute::Exact);
    if (!embedder) {
        std::cerr << embedder.error().message << "\n";
        return 1;
    }
    const auto seconds_since = [](auto start) {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    std::cout << "ready " << seconds_since(before) << " " << worker.device_description()
              << std::endl;
    for (std::string word; std::cin >> word;) {
        if (word == "limits") {
            const auto limits = kernels::measure_machine(device.threads);
            std::cout << limits.f32_gflops << " " << limits.int8_gops << " " << limits.read_gb_s
                      << std::endl;
            continue;
        }
        const auto start = std::chrono::steady_clock::now();
        const auto vectors = (*embedder)->embed(request);
        if (!vectors) {
            std::cerr << vectors.error().message << "\n";
            return 1;
        }
        std::cout << seconds_since(start) << std::endl;
    }
    return 0;
}
