#include <iostream>
#include <memory>

#include "lab/command/commands.h"
#include "lab/command/options.h"
#include "lab/run/use.h"
#include "program/help.h"

namespace elu_lab {

Command AddEvaluate(CLI::App& app) {
  const auto settings = std::make_shared<EvaluateSettings>();
  settings->data = DefaultData();
  CLI::App* evaluate = app.add_subcommand("evaluate", "accuracy and confusion matrix of a checkpoint");
  program::SetHelp(*evaluate,
                   "  elu-lab evaluate runs/a --output confusion.svg\n"
                   "  elu-lab evaluate model.safetensors --activation selu --data photos --all");
  evaluate->add_option("CHECKPOINT", settings->checkpoint, "a safetensors file, or the folder of a run")->required();
  evaluate->add_option("--data", settings->data, "as for train; the test images are taken")->capture_default_str();
  evaluate->add_option("--output", settings->figure, "an SVG for the confusion matrix");
  evaluate->add_flag("--all", settings->all, "every image of class folders, not the fifth that train sets aside");
  AddActivation(*evaluate, settings->activation, settings->alpha);
  return {evaluate, [settings] {
            EvaluateCheckpoint(*settings, std::cout);
            return 0;
          }};
}

Command AddPredict(CLI::App& app) {
  const auto settings = std::make_shared<PredictSettings>();
  CLI::App* predict = app.add_subcommand("predict", "the three most probable classes of images");
  program::SetHelp(*predict,
                   "  elu-lab predict runs/photos new.jpg\n"
                   "  elu-lab predict model.safetensors one.png two.jpg --activation elu --alpha 0.5");
  predict->add_option("CHECKPOINT", settings->checkpoint, "a safetensors file, or the folder of a run")->required();
  predict->add_option("IMAGE", settings->images, "PNG or JPEG files")->required();
  AddActivation(*predict, settings->activation, settings->alpha);
  return {predict, [settings] { return PredictImages(*settings, std::cout) ? 0 : 1; }};
}

}  // namespace elu_lab
