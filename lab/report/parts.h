// The parts of the report: what its sections share, and the sections themselves, as HTML.
#ifndef ELU_LAB_REPORT_PARTS_H_
#define ELU_LAB_REPORT_PARTS_H_

#include <functional>
#include <string>
#include <vector>

#include "figures/chart.h"
#include "lab/results/comparison.h"
#include "lab/verdicts/verdicts.h"

namespace elu_lab {

// A heading and a body; where the body is empty, `missing` says so.
std::string Section(const std::string& title, const std::string& body, const std::string& missing);

// A table that scrolls by itself where it is wider than the screen. Cells are HTML; a row's first is its header.
std::string Table(const std::string& caption, const std::vector<std::string>& head,
                  const std::vector<std::vector<std::string>>& rows);

// Figures side by side where there is room.
std::string Figures(const std::string& charts);

// "node7: Intel(R) Xeon(R) Processor, 2 threads, AVX3", as HTML.
std::string MachineText(const Machine& machine);

// The variants that are shown in one figure: those of one norm at one learning-rate factor.
struct Group {
  std::string title;  // "with BatchNorm", "without BatchNorm, learning rate x 4"
  std::vector<const Variant*> variants;
};

// Those at factor 1, or those at other factors.
std::vector<Group> GroupsOf(const Comparison& comparison, bool factor_one);

// One style for one label throughout the report.
size_t StyleOf(const Comparison& comparison, const std::string& label);

struct Points {
  std::vector<double> x, y;
};

// The mean over the variant's runs, but for those that diverged, and the band from the lowest to the highest; as far as
// all of them go. Points of a run that are not finite are left out.
Series Averaged(const Comparison& comparison, const Variant& variant,
                const std::function<Points(const ComparedRun&)>& points);

// A chart with a line for each variant of a group, and the same as HTML; without a line, or "", where there is nothing.
Chart MakeGroupChart(const Comparison& comparison, const Group& group, const std::string& title, const Axis& x,
                     const Axis& y, const std::function<Points(const ComparedRun&)>& points);
std::string GroupChart(const Comparison& comparison, const Group& group, const std::string& title, const Axis& x,
                       const Axis& y, const std::function<Points(const ComparedRun&)>& points);

// Once a report.
std::string AnswerSection(const std::vector<Judged>& comparisons);
std::string VerdictSection(const std::vector<Judged>& comparisons);
std::string ReadingSection();

// Once a comparison.
std::string SettingsSection(const Comparison& comparison);
std::string ResultsSection(const Comparison& comparison);
Chart TrainingLossChart(const Comparison& comparison, const Group& group);  // which is in the next section too
std::string CurveSection(const Comparison& comparison);
std::string ActivationSection(const Comparison& comparison);
std::string DeadSection(const Comparison& comparison);
std::string GradientSection(const Comparison& comparison);
std::string RobustnessSection(const Comparison& comparison);
std::string PreactivationNoiseSection(const Comparison& comparison);
std::string TimeSection(const Comparison& comparison);
std::string LearningRateSection(const Comparison& comparison);
std::string InitialisationSection(const Comparison& comparison);

}  // namespace elu_lab

#endif  // ELU_LAB_REPORT_PARTS_H_
