// XNNPACK's ELU operator. What is timed is the run alone: create and setup are left out, in its favour. A second
// contestant sets up, too, as new arrays need.
#include <xnnpack.h>

#include <memory>
#include <stdexcept>

#include "bench/contestant.h"

namespace {

template <bool kWithSetup>
bench::Call Prepare(const bench::Task& task, const bench::Arrays& arrays) {
  if (task.function != "forward" || task.dtype != "f32") return {};
  if (task.params.scale != 1 || task.params.input_scale != 1) return {};
  xnn_operator_t made = nullptr;
  const auto alpha = static_cast<float>(task.params.alpha);
  if (xnn_create_elu_nc_f32(1, 1, 1, alpha, 0, &made) != xnn_status_success) throw std::runtime_error("no operator");
  const std::shared_ptr<xnn_operator> elu(made, xnn_delete_operator);
  const auto set_up = [elu, arrays] {
    const auto* x = static_cast<const float*>(arrays.x);
    xnn_setup_elu_nc_f32(elu.get(), arrays.n, x, static_cast<float*>(arrays.y), nullptr);
  };
  set_up();
  return {[elu, set_up] {
    if constexpr (kWithSetup) set_up();
    xnn_run_operator(elu.get(), nullptr);
  }};
}

}  // namespace

extern "C" __attribute__((visibility("default"))) void elu_bench_add_contestants(std::vector<bench::Contestant>* list) {
  bench::Contestant run = {"XNNPACK", PEER_VERSION, Prepare<false>};
  bench::Contestant both = {"XNNPACK, setup and run", PEER_VERSION, Prepare<true>, "", true};
  if (xnn_initialize(nullptr) != xnn_status_success) {
    run.absent = both.absent = "xnn_initialize refuses this processor";
  }
  list->insert(list->end(), {run, both});
}
