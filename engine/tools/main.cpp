#include "engine/tools/command.h"

#include <vector>

int main(int argc, char** argv)
{
    return engine::tools::run_program(std::vector<std::string>(argv + 1, argv + argc));
}
