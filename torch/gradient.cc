#include "torch/gradient.h"

#include <ATen/TensorOperators.h>
#include <torch/csrc/dynamo/compiled_autograd.h>

#include <mutex>
#include <optional>
#include <utility>

namespace elu::torch {

using at::Tensor;
using ::torch::autograd::SavedVariable;
using ::torch::autograd::variable_list;
using ::torch::dynamo::autograd::CompiledNodeArgs;
using ::torch::dynamo::autograd::IValuePacker;
using ::torch::dynamo::autograd::SwapSavedVariables;

namespace {

variable_list CarryBack(const Operation& operation, const variable_list& arguments, const std::vector<bool>& wanted,
                        const Tensor& gradient) {
  variable_list results(arguments.size());
  for (size_t i = 0; i < results.size() && gradient.defined(); ++i) {
    if (wanted[i]) results[i] = Derivative(operation, arguments, i, gradient);
  }
  return results;
}

// CarryBack and what it takes, in the types that a graph of compiled autograd can hold.
std::vector<at::IValue> Packed(const Operation& operation, const variable_list& arguments,
                               const std::vector<bool>& wanted) {
  const auto& [alpha, scale, input_scale] = operation.params;
  return {static_cast<int64_t>(operation.function),     alpha, scale, input_scale, operation.accuracy, arguments,
          IValuePacker<std::vector<bool>>::pack(wanted)};
}

std::vector<at::TypePtr> PackedTypes() {
  const at::TypePtr number = at::FloatType::get();
  return {at::IntType::get(),     number, number, number, at::StringType::get(), at::ListType::ofTensors(),
          at::ListType::ofBools()};
}

variable_list CarryBackPacked(const variable_list& gradients, const std::vector<at::IValue>& packed) {
  const Operation operation = {static_cast<Function>(packed[0].toInt()),
                               {packed[1].toDouble(), packed[2].toDouble(), packed[3].toDouble()},
                               packed[4].toStringRef()};
  return CarryBack(operation, packed[5].toTensorVector(), IValuePacker<std::vector<bool>>::unpack(packed[6]),
                   gradients[0]);
}

}  // namespace

//   a factor: the operator with v in its place
//   x:        the operator with one factor more, v; beyond two of them, f''' = input_scale * f''
Tensor Derivative(Operation operation, const variable_list& arguments, size_t i, const Tensor& v) {
  variable_list t = arguments;
  if (i + 1 < arguments.size()) {
    t[i] = v;
    return Dispatch(operation, t);
  }
  if (operation.function == Function::double_backward) {
    t[0] = t[0] * v;
    return Dispatch(operation, t) * operation.params.input_scale;
  }
  t.insert(t.begin(), v);
  operation.function = operation.function == Function::backward ? Function::double_backward : Function::backward;
  return Dispatch(operation, t);
}

Gradient::Gradient(Operation operation, const variable_list& arguments) : operation_(std::move(operation)) {
  for (const Tensor& t : arguments) saved_.emplace_back(t, /*is_output=*/false);
}

variable_list Gradient::apply(variable_list&& gradients) {
  const std::lock_guard lock(mutex_);
  return CarryBack(operation_, Arguments(), Wanted(), gradients[0]);
}

void Gradient::release_variables() {
  const std::lock_guard lock(mutex_);
  for (SavedVariable& saved : saved_) saved.reset_data();
}

std::string Gradient::name() const {
  switch (operation_.function) {
    case Function::backward: return "EluBackwardBackward";
    case Function::double_backward: return "EluDoubleBackwardBackward";
    case Function::plus_one: return "PlusOneBackward";
    default: return "EluBackward";
  }
}

void Gradient::compiled_args(CompiledNodeArgs& args) const {
  const auto& [alpha, scale, input_scale] = operation_.params;
  args.collect(static_cast<int64_t>(operation_.function));
  for (const double parameter : {alpha, scale, input_scale}) args.collect(parameter);
  args.collect(operation_.accuracy);
  args.collect(saved_, /*is_output=*/false);
}

variable_list Gradient::apply_with_saved(const variable_list& gradients, SwapSavedVariables& saved) {
  const auto& compiler = ::torch::dynamo::autograd::getPyCompilerInterface();
  static const std::string bound = compiler->bind_function(saved.get_py_compiler(), "Elu", CarryBackPacked,
                                                           PackedTypes(), /*is_custom_function=*/true);
  saved.before(saved_);
  variable_list results = compiler->call_function(
      saved.get_py_compiler(), "apply_functional", bound, gradients, Packed(operation_, Arguments(), Wanted()),
      IValuePacker<std::vector<std::optional<::torch::autograd::InputMetadata>>>::pack(
          ::torch::dynamo::autograd::get_input_metadata(next_edges())));
  saved.after(saved_);
  return results;
}

variable_list Gradient::Arguments() const {
  variable_list arguments;
  for (const SavedVariable& saved : saved_) arguments.push_back(saved.unpack());
  return arguments;
}

std::vector<bool> Gradient::Wanted() const {
  std::vector<bool> wanted;
  for (size_t i = 0; i < saved_.size(); ++i) wanted.push_back(task_should_compute_output(i));
  return wanted;
}

}  // namespace elu::torch
