#include "compare.h"

#include <cstdio>
#include <nlohmann/json.hpp>
#include <ostream>

#include "elu/torch.hpp"
#include "model.h"
#include "output.h"
#include "progress.h"
#include "testing.h"
#include "training.h"

namespace elu_lab {
namespace {

struct Row {
  Activation activation;
  TrainingResult training;
  Evaluation test;
};

Progress ShowProgress(ProgressLine& line, const std::string& label) {
  return [&line, label](int64_t step, int64_t steps, double loss) {
    char text[160];
    std::snprintf(text, sizeof text, "%-18s step %lld of %lld, loss %.3f", label.c_str(), static_cast<long long>(step),
                  static_cast<long long>(steps), loss);
    line.Show(text);
  };
}

Row RunOne(const Activation& activation, const CompareSettings& settings, const Images& train, const Images& test) {
  ConvNet network = MakeNetwork(activation, settings.training.seed);
  ProgressLine line;
  TrainingResult training = Train(network, train, settings.training, ShowProgress(line, activation.label));
  line.Clear();
  Evaluation evaluation = Evaluate(network, test, {}, Layers::kMeasure);
  NetworkSettings kind;
  kind.activation = activation.name;
  WriteModel(settings.output / (activation.name + ".safetensors"), {kind, Cifar10Classes(), true, network});
  return {activation, std::move(training), std::move(evaluation)};
}

// "one seed, 10,000 images: not a ranking"
std::string Caption(const CompareSettings& settings) {
  std::string count = std::to_string(settings.train_images);
  for (int at = static_cast<int>(count.size()) - 3; at > 0; at -= 3) count.insert(static_cast<size_t>(at), 1, ',');
  return "one seed, " + count + " images: not a ranking";
}

double MeanSeconds(const TrainingResult& training) {
  double sum = 0;
  for (const EpochResult& epoch : training.epochs) sum += epoch.seconds;
  return sum / static_cast<double>(training.epochs.size());
}

void PrintRow(const Row& row, std::ostream& out) {
  char line[160];
  std::snprintf(line, sizeof line, "%-18s %10.4f %12.1f %% %10.1f    ", row.activation.label.c_str(),
                row.training.epochs.back().mean_loss, 100.0 * row.test.accuracy, MeanSeconds(row.training));
  out << line;
  for (const LayerStatistics& layer : row.test.layers) {
    std::snprintf(line, sizeof line, " %8.4f", layer.mean);
    out << line;
  }
  out << "\n";
}

nlohmann::ordered_json RowToJson(const Row& row) {
  nlohmann::ordered_json epochs = nlohmann::ordered_json::array();
  for (const EpochResult& epoch : row.training.epochs) {
    epochs.push_back({{"mean_loss", epoch.mean_loss}, {"seconds", epoch.seconds}});
  }
  nlohmann::ordered_json layers = nlohmann::ordered_json::array();
  for (const LayerStatistics& layer : row.test.layers) layers.push_back(ToJson(layer));
  return {{"activation", row.activation.name},
          {"epochs", epochs},
          {"test_loss", row.test.loss},
          {"test_accuracy", row.test.accuracy},
          {"layers", layers},
          {"step_losses", row.training.step_losses}};
}

void WriteResults(const CompareSettings& settings, const std::vector<Row>& rows) {
  const TrainingSettings& training = settings.training;
  nlohmann::ordered_json json = {
      {"caption", Caption(settings)},
      {"settings",
       {{"seed", training.seed},
        {"epochs", training.epochs},
        {"batch", training.batch},
        {"learning_rate", training.learning_rate},
        {"momentum", training.momentum},
        {"weight_decay", training.weight_decay},
        {"train_images", settings.train_images},
        {"test_images", settings.test_images},
        {"kernel", settings.elu_kernel ? "elu" : "pytorch"},
        {"threads", at::get_num_threads()}}},
      {"results", nlohmann::ordered_json::array()}};
  for (const Row& row : rows) json["results"].push_back(RowToJson(row));
  WriteFile(settings.output / "results.json", json.dump(2) + "\n");
}

}  // namespace

void Compare(const CompareSettings& settings, std::ostream& out) {
  std::vector<Activation> activations;
  for (const std::string& name : settings.activations) activations.push_back(FindActivation(name));
  const Images train = ReadCifar10(settings.data, false, settings.train_images);
  const Images test = ReadCifar10(settings.data, true, settings.test_images);
  MakeOutputFolder(settings.output);
  settings.elu_kernel ? elu::torch::enable() : elu::torch::disable();

  out << Caption(settings) << "\n"
      << "activation               loss  test accuracy  s an epoch    mean activation after each activation layer\n";
  std::vector<Row> rows;
  for (const Activation& activation : activations) {
    rows.push_back(RunOne(activation, settings, train, test));
    WriteResults(settings, rows);
    PrintRow(rows.back(), out);
    out.flush();
  }
}

}  // namespace elu_lab
