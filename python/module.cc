// elu._elu: what the package elu calls. It unpacks, calls elu.h and returns.
#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "elu/detail/family.hpp"
#include "elu/elu.hpp"
#include "python/functions.h"

namespace elu::python {
namespace {

namespace nb = nanobind;

double Number(nb::handle value, const char* name) {
  const double number = PyFloat_AsDouble(value.ptr());
  if (number != -1.0 || PyErr_Occurred() == nullptr) return number;
  if (PyErr_ExceptionMatches(PyExc_TypeError) == 0) throw nb::python_error();
  PyErr_Clear();
  throw nb::type_error(
      (std::string(name) + " must be a real number, not " + nb::type_name(value.type()).c_str()).c_str());
}

// An argument that may be None, be it for Number to refuse.
auto Any() { return nb::arg().none(); }

elu_params ToParams(nb::handle alpha, nb::handle scale, nb::handle input_scale) {
  return {Number(alpha, "alpha"), Number(scale, "scale"), Number(input_scale, "input_scale")};
}

// A function's name in C and Python.
std::string Name(const detail::Function& function) {
  std::string name = function.name;
  std::ranges::replace(name, '-', '_');
  return name;
}

// kernel(inputs, out, alpha, scale, input_scale, fast): False, and nothing written, if the arrays do not correspond.
template <std::size_t row>
nb::object Kernel() {
  constexpr auto kInputs = static_cast<std::size_t>(detail::kFamily[row].inputs);
  return nb::cpp_function(
      [](nb::sequence in, nb::handle out, nb::handle alpha, nb::handle scale, nb::handle input_scale, bool fast) {
        if (nb::len(in) != kInputs) throw nb::value_error("another number of inputs is needed");
        const Buffer output(out, true);
        const auto buffers = [&]<std::size_t... i>(std::index_sequence<i...>) {
          return Buffers<kInputs>{Buffer(in[i], false)...};
        };
        const auto arrays = buffers(std::make_index_sequence<kInputs>());
        return Run<kInputs>(detail::kFamily[row], arrays, output, ToParams(alpha, scale, input_scale),
                            fast ? ELU_FAST : ELU_ACCURATE);
      },
      nb::name(Name(detail::kFamily[row]).c_str()), nb::arg(), nb::arg(), Any(), Any(), Any(), nb::arg());
}

// kernels: those of the family by name. functions(): the names, each with what it takes: how many arrays, whether it
// has parameters, whether it has an accuracy.
void DefineFunctions(nb::module_& m) {
  nb::dict kernels;
  const auto add = [&]<std::size_t... row>(std::index_sequence<row...>) {
    ((kernels[Name(detail::kFamily[row]).c_str()] = Kernel<row>()), ...);
  };
  add(std::make_index_sequence<std::size(detail::kFamily)>());
  m.attr("kernels") = kernels;
  m.def("functions", [] {
    nb::list table;
    for (const detail::Function& f : detail::kFamily) {
      table.append(nb::make_tuple(Name(f), f.inputs, f.parameters, f.accuracy));
    }
    return table;
  });
}

nb::tuple ToTuple(const Params& p) { return nb::make_tuple(p.alpha, p.scale, p.input_scale); }

void DefineStatistics(nb::module_& m) {
  m.def("selu", [] { return ToTuple(selu()); });
  m.def(
      "celu", [](nb::handle alpha) { return ToTuple(celu(Number(alpha, "alpha"))); }, Any());
  m.def(
      "moments_of_normal",
      [](nb::handle mu, nb::handle sigma, nb::handle alpha, nb::handle scale, nb::handle input_scale) {
        const elu_params p = ToParams(alpha, scale, input_scale);
        elu_moments moments;
        Check(elu_moments_of_normal(Number(mu, "mu"), Number(sigma, "sigma"), &p, &moments), p);
        return nb::make_tuple(moments.mean, moments.second_moment, moments.variance, moments.derivative_second_moment);
      },
      Any(), Any(), Any(), Any(), Any());
  m.def(
      "initialisation_gain",
      [](nb::handle alpha, nb::handle scale, nb::handle input_scale) {
        const elu_params p = ToParams(alpha, scale, input_scale);
        double gain;
        Check(elu_initialisation_gain(&p, &gain), p);
        return gain;
      },
      Any(), Any(), Any());
}

std::vector<std::string> Targets() {
  std::vector<const char*> names(elu_targets(nullptr, 0));
  names.resize(elu_targets(names.data(), names.size()));
  return {names.begin(), names.end()};
}

void DefineMachine(nb::module_& m) {
  m.def("version", [] { return std::string(elu_version()); });
  m.def("target", [] { return std::string(elu_target()); });
  m.def("targets", Targets);
  m.def(
      "set_target",
      [](const std::optional<std::string>& name) { return elu_set_target(name ? name->c_str() : nullptr) == ELU_OK; },
      Any());
  m.def("num_threads", [] { return num_threads.load(); });
  m.def("set_num_threads", [](unsigned threads) { num_threads = threads; });
}

}  // namespace

void Check(elu_status status, const elu_params& params) {
  if (status == ELU_OK) return;
  std::ostringstream text;
  text << elu_status_text(status);
  if (status == ELU_ERROR_PARAMETERS || status == ELU_ERROR_OUTPUT_AMBIGUOUS) {
    text.precision(17);
    text << "; given alpha = " << params.alpha << ", scale = " << params.scale
         << ", input_scale = " << params.input_scale;
  }
  throw nb::value_error(text.str().c_str());
}

NB_MODULE(_elu, m) {
  DefineFunctions(m);
  DefineStatistics(m);
  DefineMachine(m);
}

}  // namespace elu::python
