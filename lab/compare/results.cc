#include "lab/compare/results.h"

#include <ctime>
#include <fstream>

#include "elu/elu.h"
#include "program/processor.h"

namespace elu_lab {
namespace {

using Json = nlohmann::ordered_json;

std::string Today() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d", gmtime_r(&now, &parts));
  return text;
}

}  // namespace

Json EmptyResults(const Plan& plan) {
  return {{"form", plan.json.at("form")},
          {"program", std::string("elu-lab ") + elu_version()},
          {"date", Today()},
          {"command", plan.settings.command},
          {"machine",
           {{"processor", program::ProcessorName().value_or("unknown")},
            {"threads", plan.settings.threads},
            {"target", elu_target()}}},
          {"settings", plan.json.at("settings")},
          {"thresholds", plan.json.at("thresholds")},
          {"variants", plan.json.at("variants")},
          {"runs", Json::array()}};
}

// One that is damaged is written anew.
Json EarlierResult(const Plan& plan, const std::string& name) try {
  std::ifstream file(plan.settings.output / "results.json");
  return file ? Json::parse(file).at(name) : Json();
} catch (const nlohmann::json::exception&) {
  return {};
}

}  // namespace elu_lab
