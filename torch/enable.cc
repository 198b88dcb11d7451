#include <c10/util/Exception.h>
#include <torch/library.h>
#include <torch/version.h>

#include <memory>
#include <mutex>

#include "elu/torch.hpp"
#include "torch/drop_in.h"
#include "torch/switch.h"

namespace elu::torch {
namespace {

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
    auto library =
        std::make_unique<::torch::Library>(::torch::Library::IMPL, "aten", c10::DispatchKey::CPU, __FILE__, __LINE__);
    library->impl("elu", &Elu);
    library->impl("elu_", &EluInPlace);
    library->impl("elu.out", &EluOut);
    library->impl("elu_backward", &EluBackward);
    library->impl("elu_backward.grad_input", &EluBackwardOut);
    library.release();  // destroyed, it would take the kernels back
  });
}

}  // namespace

void enable(Accuracy accuracy) {
  TORCH_CHECK_VALUE(accuracy == Accuracy::accurate || accuracy == Accuracy::fast,
                    "elu::torch::enable: ", elu_status_text(ELU_ERROR_ACCURACY));
  RegisterOnce();
  SwitchOn(static_cast<elu_accuracy>(accuracy));
}

const char* torch_version() { return TORCH_VERSION; }

}  // namespace elu::torch
