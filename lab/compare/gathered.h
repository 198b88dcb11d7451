// What the folder of a comparison has come to, by this process and by others that train other runs of it.
#ifndef ELU_LAB_COMPARE_GATHERED_H_
#define ELU_LAB_COMPARE_GATHERED_H_

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "lab/compare/plan_file.h"
#include "lab/results/comparison.h"

namespace elu_lab {

// What is measured of a comparison beside its runs.
struct Measured {
  std::vector<Timing> timings;
  Initialisation initialisation;
};

Measured MeasuredIn(const Comparison& comparison);

// Adds timings of networks that nobody has timed yet, and the initialisation where it lacks.
void Add(const Measured& more, const std::vector<Variant>& variants, Measured& measured);

class Gathered {
 public:
  // `command`: as it was typed, for results.json.
  Gathered(WrittenPlan plan, std::filesystem::path folder, std::string command);

  // What a run came to, or null where it is not complete yet. Throws std::runtime_error where its file is damaged.
  const ComparedRun* Find(size_t run);

  // What results.json holds beside runs; nothing where it is damaged.
  Measured MeasuredBefore() const;

  // Writes results.json and report.html of all that is complete, as one process after the other; results.json stays as
  // it is where it holds all of it. What others have measured goes before `measured`.
  Comparison Write(const Measured& measured);

  // What was written, for a terminal: the table, where the report is, how much is complete if not all is.
  std::string Tell(const Comparison& comparison) const;

 private:
  std::optional<Comparison> Earlier() const;
  Comparison Whole(const Measured& measured);

  WrittenPlan plan_;
  std::filesystem::path folder_;
  std::string command_;
  std::vector<std::optional<ComparedRun>> runs_;  // by their numbers, as far as they were read
};

}  // namespace elu_lab

#endif  // ELU_LAB_COMPARE_GATHERED_H_
