#include <c10/util/Exception.h>
#include <torch/library.h>

#include <atomic>
#include <memory>
#include <mutex>

#include "drop_in.h"
#include "elu/torch.hpp"
#include "switch.h"

namespace elu::torch {
namespace {

// Whether switched on, and, kept while off, the accuracy: two bits of one number, read together.
constexpr int kOn = 1, kFast = 2;
std::atomic<int> state{0};

std::atomic<std::uint64_t> handled{0}, passed_on{0};

class Silent : public c10::WarningHandler {
  void process(const c10::Warning&) override {}
};

// PyTorch's dispatch table is not synchronised: it is changed once and for the life of the process, and enable() and
// disable() only turn an atomic switch inside the kernels. PyTorch warns of every replaced kernel; here that is meant.
void RegisterOnce() {
  static std::once_flag once;
  std::call_once(once, [] {
    Silent silent;
    const c10::WarningUtils::WarningHandlerGuard guard(&silent);
    auto library = std::make_unique<::torch::Library>(::torch::Library::IMPL, "aten", c10::DispatchKey::CPU, __FILE__,
                                                      __LINE__);
    library->impl("elu", &Elu);
    library->impl("elu_", &EluInPlace);
    library->impl("elu.out", &EluOut);
    library->impl("elu_backward", &EluBackward);
    library->impl("elu_backward.grad_input", &EluBackwardOut);
    library.release();  // destroyed, it would take the kernels back
  });
}

}  // namespace

std::optional<elu_accuracy> Active() {
  const int now = state.load(std::memory_order_acquire);
  if ((now & kOn) == 0) return std::nullopt;
  return (now & kFast) != 0 ? ELU_FAST : ELU_ACCURATE;
}

void CountHandled() { handled.fetch_add(1, std::memory_order_relaxed); }

void CountPassedOn() { passed_on.fetch_add(1, std::memory_order_relaxed); }

void enable(Accuracy accuracy) {
  TORCH_CHECK_VALUE(accuracy == Accuracy::accurate || accuracy == Accuracy::fast,
                    "elu::torch::enable: ", elu_status_text(ELU_ERROR_ACCURACY));
  RegisterOnce();
  state.store(kOn | (accuracy == Accuracy::fast ? kFast : 0), std::memory_order_release);
}

void disable() { state.fetch_and(~kOn, std::memory_order_release); }

bool enabled() { return Active().has_value(); }

Accuracy accuracy() { return (state.load() & kFast) != 0 ? Accuracy::fast : Accuracy::accurate; }

Calls calls() { return {handled.load(), passed_on.load()}; }

}  // namespace elu::torch
