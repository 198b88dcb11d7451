// elu._elu_torch: the switch of the PyTorch plug-in. Importing it loads the plug-in, which registers its operators.
#include <nanobind/nanobind.h>

#include "elu/torch.hpp"

namespace elu::python {

namespace nb = nanobind;

NB_MODULE(_elu_torch, m) {
  m.def("enable", [](bool fast) { torch::enable(fast ? Accuracy::fast : Accuracy::accurate); });
  m.def("disable", &torch::disable);
  m.def("enabled", &torch::enabled);
  m.def("fast", [] { return torch::accuracy() == Accuracy::fast; });
  m.def("torch_version", &torch::torch_version);
  m.def("calls", [] {
    const torch::Calls calls = torch::calls();
    return nb::make_tuple(calls.handled, calls.passed_on);
  });
}

}  // namespace elu::python
