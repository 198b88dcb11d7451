// XNNPACK's ELU operator. What is timed is the run alone: create and setup are left out, in its favour.
#include <xnnpack.h>

#include <memory>
#include <stdexcept>

#include "contestant.h"

namespace {

bench::Call Prepare(const bench::Task& task, const bench::Arrays& arrays) {
  if (task.function != "forward" || task.dtype != "f32") return {};
  if (task.params.scale != 1 || task.params.input_scale != 1) return {};
  xnn_operator_t made = nullptr;
  const auto alpha = static_cast<float>(task.params.alpha);
  if (xnn_create_elu_nc_f32(1, 1, 1, alpha, 0, &made) != xnn_status_success) throw std::runtime_error("no operator");
  const std::shared_ptr<xnn_operator> elu(made, xnn_delete_operator);
  xnn_setup_elu_nc_f32(elu.get(), arrays.n, static_cast<const float*>(arrays.x), static_cast<float*>(arrays.y),
                       nullptr);
  return {[elu] { xnn_run_operator(elu.get(), nullptr); }};
}

}  // namespace

extern "C" __attribute__((visibility("default"))) void elu_bench_add_contestants(std::vector<bench::Contestant>* list) {
  bench::Contestant contestant = {"XNNPACK", PEER_VERSION, Prepare};
  if (xnn_initialize(nullptr) != xnn_status_success) contestant.absent = "xnn_initialize refuses this processor";
  list->push_back(contestant);
}
