#include "bench/plan.h"

#include <elu/types.hpp>

#include "bench/inputs.h"

namespace bench {
namespace {

constexpr size_t kCall = 16, kL1 = 4 << 10, kL2 = 256 << 10, kMemory = 32 << 20;
constexpr elu_params kElu = {1, 1, 1};
constexpr elu_params kAny = {0.7, 1.05, 1.3};  // none of the products is simple
constexpr elu_params kAlpha = {0.7, 1, 1};     // what a peer without scale and input_scale can do
constexpr elu_params kTenth = {0.1, 1, 1};     // shows whether parameters are rounded to float
constexpr elu_params kTies = {1, 1.5, 1};      // scale * x is halfway between two floats for every other x

elu_params Selu() {
  const elu::Params p = elu::selu();
  return {p.alpha, p.scale, p.input_scale};
}

void Add(std::vector<Comparison>* plan, const std::vector<size_t>& sizes, const Task& task) {
  for (const size_t n : sizes) plan->push_back({n, {{task}}});
}

// A call of ours takes its arrays, those of XNNPACK's operator are set up before it runs.
void AddCall(std::vector<Comparison>* plan) {
  const Task task = {"forward", "f32", kElu};
  plan->push_back({kCall, {{task}, {task, "normal", {"XNNPACK, setup and run"}}}});
}

void AddForward(std::vector<Comparison>* plan) {
  AddCall(plan);
  Add(plan, {kL1, kL2, kMemory}, {"forward", "f32", kElu});
  // XNNPACK has alpha alone: it runs beside ours with all three parameters.
  for (const size_t n : {kL1, kL2}) {
    plan->push_back({n, {{{"forward", "f32", kAny}}, {{"forward", "f32", kAlpha}, "normal", {"XNNPACK"}}}});
    plan->push_back({n, {{{"forward", "f32", Selu()}}, {{"forward", "f32", kAlpha}, "normal", {"XNNPACK"}}}});
  }
  Add(plan, {kL1, kL2}, {"forward", "f64", kElu});
  Add(plan, {kL1, kL2}, {"forward", "f64", kAny});
  Add(plan, {kL1, kL2}, {"forward", "bf16", kElu});
  Add(plan, {kL1, kL2}, {"forward", "f16", kElu});
}

void AddBackward(std::vector<Comparison>* plan) {
  Add(plan, {kL1, kL2}, {"backward", "f32", kElu});
  Add(plan, {kL1, kL2, kMemory}, {"backward_from_output", "f32", kElu});
}

void AddInputs(std::vector<Comparison>* plan, const Task& task) {
  Comparison comparison = {kL2, {}};
  for (const std::string& kind : InputKinds()) {
    comparison.series.push_back({task, kind, {"elu accurate", "elu fast"}});
  }
  plan->push_back(comparison);
}

// What the rounding test costs the derivative, and what products that are ties cost forward.
void AddRounding(std::vector<Comparison>* plan) {
  plan->push_back({kL2, {{{"derivative", "f32", kElu}, "normal", {"elu accurate", "elu fast"}}}});
  plan->push_back({kL2,
                   {{{"forward", "f32", kElu}, "normal", {"elu accurate"}},
                    {{"forward", "f32", kTies}, "normal", {"elu accurate"}}}});
}

std::vector<Comparison> FullPlan() {
  std::vector<Comparison> plan;
  AddForward(&plan);
  AddBackward(&plan);
  for (const char* dtype : {"f32", "f64", "f16", "bf16"}) AddInputs(&plan, {"forward", dtype, kElu});
  AddInputs(&plan, {"backward", "f32", kElu});
  AddRounding(&plan);
  const std::vector<std::string> threads = {
      "elu accurate", "elu accurate, 2 threads", "elu fast", "elu fast, 2 threads", "memcpy", "memcpy, 2 threads"};
  plan.push_back({kMemory, {{{"forward", "f32", kElu}, "normal", threads}}});
  return plan;
}

std::vector<Comparison> QuickPlan() {
  std::vector<Comparison> plan;
  AddCall(&plan);
  Add(&plan, {kL1, kL2}, {"forward", "f32", kElu});
  for (const char* dtype : {"f64", "bf16", "f16"}) Add(&plan, {kL2}, {"forward", dtype, kElu});
  Add(&plan, {kL2}, {"backward", "f32", kElu});
  Add(&plan, {kL2}, {"backward_from_output", "f32", kElu});
  return plan;
}

}  // namespace

std::vector<Comparison> Plan(const std::string& name) {
  if (name == "full") return FullPlan();
  if (name == "quick") return QuickPlan();
  std::vector<Comparison> plan;
  if (name == "avx2") {
    const Series series = {{"forward", "f32", kElu}, "normal", {"elu accurate", "elu fast", "PyTorch"}};
    plan = {{kL1, {series}}, {kL2, {series}}};
  }
  return plan;
}

std::vector<Task> ErrorTasks() {
  std::vector<Task> tasks;
  for (const elu_params& p : {kElu, Selu(), kTenth}) tasks.push_back({"forward", "f32", p});
  for (const char* dtype : {"f64", "f16", "bf16"}) tasks.push_back({"forward", dtype, kElu});
  return tasks;
}

}  // namespace bench
