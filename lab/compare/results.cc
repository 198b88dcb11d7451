#include "lab/compare/results.h"

#include <ctime>
#include <fstream>

#include "elu/elu.h"
#include "lab/results/file.h"
#include "lab/results/json.h"
#include "program/processor.h"

namespace elu_lab {
namespace {

std::string Today() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d", gmtime_r(&now, &parts));
  return text;
}

}  // namespace

Comparison WithoutRuns(const Plan& plan) {
  Comparison comparison;
  comparison.name = NameOf(plan.settings.output / "results.json");
  comparison.program = std::string("elu-lab ") + elu_version();
  comparison.date = Today();
  comparison.command = plan.settings.command;
  comparison.machine = {program::ProcessorName().value_or("unknown"), plan.settings.threads, elu_target()};
  comparison.settings = plan.shared;
  comparison.thresholds = plan.thresholds;
  comparison.variants = plan.variants;
  // As its file has it: what is no UTF-8 is replaced.
  FromJson(Json::parse(AsText(comparison)), comparison);
  return comparison;
}

}  // namespace elu_lab
