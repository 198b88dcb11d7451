// What happens inside the network: activations, dead and saturated units, gradients.
#include <algorithm>

#include "lab/report/parts.h"
#include "lab/verdicts/words.h"
#include "program/text.h"

namespace elu_lab {
namespace {

// The layers' names, of the first run that has any.
std::vector<std::string> LayerNames(const Comparison& comparison) {
  for (const ComparedRun& run : comparison.runs) {
    if (run.epochs.empty() || run.epochs.back().layers.empty()) continue;
    std::vector<std::string> names;
    for (const LayerResult& layer : run.epochs.back().layers) names.push_back(layer.name);
    return names;
  }
  return {};
}

const LayerResult* FindLayer(const EpochOfRun& epoch, const std::string& name) {
  const auto found = std::ranges::find(epoch.layers, name, &LayerResult::name);
  return found == epoch.layers.end() ? nullptr : &*found;
}

// A figure of a layer by epochs.
std::function<Points(const ComparedRun&)> ByEpoch(const std::string& layer, double (*figure)(const LayerResult&)) {
  return [layer, figure](const ComparedRun& run) {
    Points points;
    for (const EpochOfRun& epoch : run.epochs) {
      if (const LayerResult* found = FindLayer(epoch, layer); found != nullptr) {
        points.x.push_back(epoch.epoch);
        points.y.push_back(figure(*found));
      }
    }
    return points;
  };
}

// A layer's histogram at the epoch of this index: bins' middles, shares; without the two bins at the ends, which also
// hold all that lies beyond.
std::function<Points(const ComparedRun&)> Distribution(const std::string& layer, size_t epoch) {
  return [layer, epoch](const ComparedRun& run) {
    Points points;
    const LayerResult* found = epoch < run.epochs.size() ? FindLayer(run.epochs[epoch], layer) : nullptr;
    if (found == nullptr || found->histogram.shares.empty()) return points;
    const auto& [low, high, shares] = found->histogram;
    const double width = (high - low) / static_cast<double>(shares.size());
    for (size_t i = 1; i + 1 < shares.size(); ++i) {
      points.x.push_back(low + (static_cast<double>(i) + 0.5) * width);
      points.y.push_back(shares[i]);
    }
    return points;
  };
}

// The distribution of one variant in a layer: a line for the first epoch, the last, and up to three between.
std::string DistributionByEpoch(const Comparison& comparison, const Variant& variant, const std::string& layer) {
  const auto epochs = static_cast<size_t>(comparison.settings.epochs);
  Chart chart = {
      layer + ", " + variant.label + ", " + NormText(variant.norm), {"activation"}, {"share of values", true}, {}};
  const size_t stride = std::max<size_t>(1, (epochs + 2) / 4);
  for (size_t epoch = 0; epoch < epochs; epoch = epoch + 1 == epochs ? epochs : std::min(epoch + stride, epochs - 1)) {
    Series series = Averaged(comparison, variant, Distribution(layer, epoch));
    if (series.x.empty()) continue;
    series.style = chart.series.size();
    series.label = program::Format("epoch %zu", epoch + 1);
    series.low.clear();
    series.high.clear();
    chart.series.push_back(series);
  }
  return ChartAsHtml(chart);
}

std::string Distributions(const Comparison& comparison, const std::vector<std::string>& layers) {
  std::string charts;
  for (const Group& group : GroupsOf(comparison, true)) {
    for (const Variant* variant : group.variants) {
      for (const std::string& layer : layers) charts += DistributionByEpoch(comparison, *variant, layer);
    }
  }
  if (charts.empty()) return "";
  return "<details><summary>Distributions by epoch, each variant by itself</summary>\n" + Figures(charts) +
         "</details>\n";
}

// A row of figures for each group, a figure for each layer.
std::string ForLayers(const Comparison& comparison, const std::string& title, const Axis& y,
                      double (*figure)(const LayerResult&)) {
  std::string html;
  for (const Group& group : GroupsOf(comparison, true)) {
    std::string charts;
    for (const std::string& layer : LayerNames(comparison)) {
      charts += GroupChart(comparison, group, title + ", " + layer, {"epoch", false, true}, y, ByEpoch(layer, figure));
    }
    html += Figures(charts);
  }
  return html;
}

// What the layers of activations are called after, and the last layer, which has none: "convolution 1" for
// "features.0.weight", the number of the convolution among `weights`. Another weight keeps its name.
std::string LayerOf(const std::string& weight, const std::vector<std::string>& weights) {
  for (const auto& [prefix, layer] : {std::pair("features.", "convolution "), std::pair("classifier.", "linear ")}) {
    if (!weight.starts_with(prefix) || !weight.ends_with(".weight")) continue;
    const auto end = std::ranges::find(weights, weight);
    return layer + std::to_string(1 + std::count_if(weights.begin(), end, [prefix](const std::string& other) {
                                    return other.starts_with(prefix);
                                  }));
  }
  return weight;
}

}  // namespace

std::string ActivationSection(const Comparison& comparison) {
  const std::vector<std::string> layers = LayerNames(comparison);
  std::string last;
  for (const Group& group : GroupsOf(comparison, true)) {
    std::string charts;
    for (const std::string& layer : layers) {
      charts += GroupChart(comparison, group, "Distribution after the last epoch, " + layer, {"activation"},
                           {"share of values", true},
                           Distribution(layer, static_cast<size_t>(comparison.settings.epochs) - 1));
    }
    last += Figures(charts);
  }
  const std::string means =
      ForLayers(comparison, "Mean activation", {"mean"}, [](const LayerResult& l) { return l.mean; });
  return Section("Activations by layer and epoch", means + last + Distributions(comparison, layers),
                 "No run has measured its activations yet.");
}

std::string DeadSection(const Comparison& comparison) {
  const std::string dead = ForLayers(comparison, "Dead units", {"% of units", false, false, 1},
                                     [](const LayerResult& layer) { return 100.0 * layer.dead / layer.units; });
  const std::string saturated =
      ForLayers(comparison, "Saturated values, within 1 % of the floor", {"% of values", false, false, 1},
                [](const LayerResult& layer) { return 100.0 * layer.saturated; });
  return Section("Dead and saturated units", dead + saturated, "No run has counted them yet.");
}

std::string GradientSection(const Comparison& comparison) {
  std::vector<std::string> names;
  for (const ComparedRun& run : comparison.runs) {
    if (!names.empty() || run.epochs.empty()) continue;
    for (const NamedNorm& norm : run.epochs.back().gradient_norms) names.push_back(norm.name);
  }
  std::string body;
  for (const Group& group : GroupsOf(comparison, true)) {
    std::string charts;
    for (const std::string& name : names) {
      charts += GroupChart(comparison, group, "Gradient of " + LayerOf(name, names), {"epoch", false, true},
                           {"Euclidean norm", true}, [&name](const ComparedRun& run) {
                             Points points;
                             for (const EpochOfRun& epoch : run.epochs) {
                               const auto found = std::ranges::find(epoch.gradient_norms, name, &NamedNorm::name);
                               if (found == epoch.gradient_norms.end()) continue;
                               points.x.push_back(epoch.epoch);
                               points.y.push_back(found->norm);
                             }
                             return points;
                           });
    }
    body += Figures(charts);
  }
  return Section("Gradient norm by layer", body, "No run has measured its gradients yet.");
}

}  // namespace elu_lab
