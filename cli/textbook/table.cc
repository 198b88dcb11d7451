// elu table: the textbook's comparison of ELU with ReLU and Leaky ReLU, each line with figures and a verdict.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/kernel/dtype.h"
#include "cli/kernel/number.h"
#include "cli/kernel/selection.h"
#include "cli/textbook/activations.h"
#include "cli/textbook/cost.h"
#include "cli/textbook/print.h"
#include "cli/textbook/rows.h"
#include "program/help.h"
#include "program/wrong_use.h"

namespace elu::cli {
namespace {

void Tabulate(const Dtype& dtype, double alpha, bool json) {
  if (!(alpha > 0.0)) throw program::WrongUse("--alpha: the textbook's properties are those of an alpha above 0");
  const Subjects s = {dtype, alpha, Relu(dtype), LeakyRelu(), Elu(dtype, {.alpha = alpha})};
  const std::vector<Row> rows = {
      NegativeInputsRow(s), RangeRow(s),       SmoothnessRow(s), ZeroCentredRow(s),
      MonotonicRow(s),      DeadNeuronsRow(s), NoiseRow(s),      ComputingCostRow({.alpha = alpha}),
      InitialisationRow(s), ConvergenceRow(),  BestForRow(),     ChoiceOfAlphaRow(dtype)};
  json ? PrintJson(rows, s) : PrintTable(rows, s);
}

constexpr const char* kTableExamples =
    "  elu table                    for alpha 1 in f32\n"
    "  elu table --alpha 0.5\n"
    "  elu table --dtype bf16       where the textbook is furthest off\n"
    "  elu table --json             the same for a program";

struct TableRequest {
  double alpha = 1.0;
  std::string dtype = "f32";
  bool json = false;
};

}  // namespace

void AddTable(CLI::App& app) {
  auto request = std::make_shared<TableRequest>();
  CLI::App* table = app.add_subcommand("table", "what textbooks say of ELU, with computed figures and verdicts");
  table->add_option("--alpha", request->alpha, "ELU's alpha, above 0")->check(FaultOfDouble)->capture_default_str();
  AddChoice(*table, "--dtype", request->dtype, "number type", DtypeOptions());
  table->add_flag("--json", request->json, "print JSON");
  program::SetHelp(*table, kTableExamples);
  table->callback([request] { Tabulate(FindDtype(request->dtype), request->alpha, request->json); });
}

}  // namespace elu::cli
