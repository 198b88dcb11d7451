// What a comparison tells on a terminal, from its results.
#ifndef ELU_LAB_RESULTS_TABLE_H_
#define ELU_LAB_RESULTS_TABLE_H_

#include <nlohmann/json.hpp>
#include <string>

namespace elu_lab {

// "ELU (alpha 1), without BatchNorm, lr x 4": an element of "variants".
std::string TitleOf(const nlohmann::ordered_json& variant);

// "test accuracy 51.2 %, training loss 2.1720", or "diverged after 12 steps": an element of "runs".
std::string SummaryOf(const nlohmann::ordered_json& run);

// A line a variant, of the content of results.json: test accuracy after the last epoch, the mean over the seeds and the
// least and greatest, training loss of the last epoch; median time of a step with its quartiles; the share of it that
// the activations f take, the median over the rounds. Runs that diverged are counted, and are in no mean.
std::string ComparisonTable(const nlohmann::ordered_json& results);

}  // namespace elu_lab

#endif  // ELU_LAB_RESULTS_TABLE_H_
