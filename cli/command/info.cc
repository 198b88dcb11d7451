// elu info: what this copy of elu is and what it runs on.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>

#include "cli/commands.h"
#include "elu/elu.h"
#include "program/help.h"
#include "program/text.h"
#include "src/proof/with_target.h"

namespace elu::cli {
namespace {

constexpr const char* kInfoExamples =
    "  elu info\n"
    "  elu info --json                 the same for a program\n"
    "  ELU_TARGET=AVX2 elu info        force an instruction set and see it";

void PrintJson() {
  std::printf("{\"version\": %s, \"target\": %s, \"targets\": [", program::JsonText(elu_version()).c_str(),
              program::JsonText(elu_target()).c_str());
  const char* separator = "";
  for (const std::string& name : proof::AvailableTargets()) {
    std::printf("%s%s", separator, program::JsonText(name).c_str());
    separator = ", ";
  }
  std::printf("], \"threads\": %u}\n", std::thread::hardware_concurrency());
}

void Print() {
  std::printf("version  %s\n", elu_version());
  std::printf("target   %s (set ELU_TARGET to force another)\n", elu_target());
  std::printf("targets ");
  for (const std::string& name : proof::AvailableTargets()) std::printf(" %s", name.c_str());
  std::printf("\nthreads  %u\n", std::thread::hardware_concurrency());
}

}  // namespace

void AddInfo(CLI::App& app) {
  auto json = std::make_shared<bool>(false);
  CLI::App* info = app.add_subcommand("info", "version, instruction sets, threads");
  info->add_flag("--json", *json, "print JSON");
  program::SetHelp(*info, kInfoExamples);
  info->callback([json] { *json ? PrintJson() : Print(); });
}

}  // namespace elu::cli
