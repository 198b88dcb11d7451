// elu info: what this copy of elu is and what it runs on.
#include <cstdio>
#include <thread>

#include "commands.h"
#include "elu/elu.h"

namespace elu::cli {

void AddInfo(CLI::App& app) {
  app.add_subcommand("info", "version, instruction sets, threads")->callback([] {
    std::printf("version  %s\n", elu_version());
    std::printf("target   %s (set ELU_TARGET to force another)\n", elu_target());
    std::printf("targets ");
    for (const std::string& name : proof::AvailableTargets()) std::printf(" %s", name.c_str());
    std::printf("\nthreads  %u\n", std::thread::hardware_concurrency());
  });
}

}  // namespace elu::cli
