#include "lab/results/json.h"

namespace elu_lab {

Json ToJson(const std::vector<ClaimThresholds>& thresholds) {
  Json json = Json::object();
  for (const auto& [claim, numbers] : thresholds) {
    Json& of_claim = json[claim] = Json::object();
    for (const auto& [name, number, whole] : numbers) of_claim[name] = whole ? ToJson(Whole(number)) : ToJson(number);
  }
  return json;
}

void FromJson(const Json& json, std::vector<ClaimThresholds>& thresholds) {
  thresholds.clear();
  for (const auto& [claim, numbers] : json.get_ref<const Json::object_t&>()) {
    thresholds.push_back({claim, {}});
    for (const auto& [name, number] : numbers.get_ref<const Json::object_t&>()) {
      const double value = number.is_null() ? std::numeric_limits<double>::quiet_NaN() : number.get<double>();
      thresholds.back().numbers.push_back({name, value, number.is_number_integer()});
    }
  }
}

}  // namespace elu_lab
