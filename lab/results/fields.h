// What files hold of each result, in their order: one list for writing and for reading. `io` takes
//   io(name, value)         a part that is always there
//   io.OrNull(name, value)  one that is always written; where it is missing or null, NaN or nothing is read
//   io.IfAny(name, value)   one that is written where there is any
// and after `value` what else the fields of its elements need.
#ifndef ELU_LAB_RESULTS_FIELDS_H_
#define ELU_LAB_RESULTS_FIELDS_H_

#include <concepts>
#include <type_traits>

#include "lab/results/comparison.h"

namespace elu_lab {

inline constexpr int kForm = 2;  // of plan.json and results.json

// T, to be read, or const T, to be written.
template <class Value, class T>
concept Is = std::same_as<std::remove_const_t<Value>, T>;

void Fields(auto& io, Is<Variant> auto& variant) {
  io("name", variant.name)("label", variant.label)("activation", variant.activation);
  io.OrNull("alpha", variant.alpha)("norm", variant.norm)("learning_rate_factor", variant.learning_rate_factor);
}

void Fields(auto& io, Is<Histogram> auto& histogram) {
  io("low", histogram.low)("high", histogram.high)("shares", histogram.shares);
}

void Fields(auto& io, Is<LayerResult> auto& layer) {
  io("name", layer.name).OrNull("mean", layer.mean).OrNull("deviation", layer.deviation);
  io.OrNull("saturated", layer.saturated).OrNull("units", layer.units).OrNull("dead", layer.dead);
  io.OrNull("histogram", layer.histogram);
}

void Fields(auto& io, Is<NamedNorm> auto& weight) { io("name", weight.name).OrNull("norm", weight.norm); }

void Fields(auto& io, Is<EpochOfRun> auto& epoch) {
  io("epoch", epoch.epoch).IfAny("step", epoch.step).OrNull("train_loss", epoch.train_loss);
  io.OrNull("test_loss", epoch.test_loss).OrNull("test_accuracy", epoch.test_accuracy);
  io.OrNull("seconds", epoch.seconds).IfAny("images_per_second", epoch.images_per_second);
  io.IfAny("layers", epoch.layers).IfAny("gradient_norms", epoch.gradient_norms);
}

void Fields(auto& io, Is<RobustnessPoint> auto& point, const char* strength) {
  io(strength, point.strength).OrNull("accuracy", point.accuracy);
}

void Fields(auto& io, Is<Robustness> auto& robustness) {
  io.OrNull("images", robustness.images);
  io.OrNull("noise", robustness.noise, "sigma").OrNull("outliers", robustness.outliers, "share");
}

void Fields(auto& io, Is<NoisePoint> auto& point) {
  io("sigma", point.sigma).OrNull("negative", point.negative).OrNull("everywhere", point.everywhere);
}

void Fields(auto& io, Is<LayerNoise> auto& layer) {
  io("name", layer.name).OrNull("mean", layer.mean).OrNull("deviation", layer.deviation);
  io.OrNull("negative_share", layer.negative_share)("transmitted", layer.transmitted);
}

void Fields(auto& io, Is<PreactivationNoise> auto& noise) {
  io.OrNull("images", noise.images).OrNull("layers", noise.layers).OrNull("accuracy", noise.accuracy);
}

void Fields(auto& io, Is<Machine> auto& machine) {
  io("processor", machine.processor).OrNull("threads", machine.threads)("target", machine.target);
  io.IfAny("name", machine.name);
}

void Fields(auto& io, Is<ComparedRun> auto& run) {
  io("variant", run.variant)("seed", run.seed)("diverged", run.diverged).IfAny("robustness", run.robustness);
  io.IfAny("preactivation_noise", run.preactivation_noise);
  io("step_losses", run.step_losses).OrNull("epochs", run.epochs).IfAny("machine", run.machine);
}

void Fields(auto& io, Is<StepTimes> auto& times) {
  io("variant", times.variant)("step_ms", times.step)("activation_ms", times.activation);
}

void Fields(auto& io, Is<Timing> auto& timing) { io("machine", timing.machine)("step_times", timing.step_times); }

void Fields(auto& io, Is<VarianceCurve> auto& curve) {
  io("activation", curve.activation)("label", curve.label)("gain_name", curve.gain_name);
  io.OrNull("gain", curve.gain)("variance", curve.variance);
}

void Fields(auto& io, Is<Initialisation> auto& study) {
  io.Object("linear", [&study](auto& inner) {
    inner.OrNull("layers", study.stack.layers).OrNull("width", study.stack.width).OrNull("seeds", study.stack.seeds);
    inner.OrNull("inputs", study.stack.inputs).OrNull("curves", study.linear);
  });
  io.Object("convnet", [&study](auto& inner) { inner.OrNull("images", study.images).OrNull("curves", study.convnet); });
}

void Fields(auto& io, Is<SharedSettings> auto& settings) {
  io("data", settings.data)("classes", settings.classes).OrNull("train_images", settings.train_images);
  io.OrNull("test_images", settings.test_images)("epochs", settings.epochs).OrNull("batch", settings.batch);
  io.OrNull("learning_rate", settings.learning_rate).OrNull("momentum", settings.momentum);
  io.OrNull("weight_decay", settings.weight_decay)("augment", settings.augment)("kernel", settings.kernel);
  io("seeds", settings.seeds);
}

void Fields(auto& io, Is<Comparison> auto& comparison) {
  io.Form(kForm);
  io("program", comparison.program)("date", comparison.date)("command", comparison.command);
  io("machine", comparison.machine)("settings", comparison.settings)("thresholds", comparison.thresholds);
  io("variants", comparison.variants)("runs", comparison.runs).IfAny("step_times", comparison.step_times);
  io.IfAny("timed_apart", comparison.timed_apart).IfAny("initialisation", comparison.initialisation);
}

}  // namespace elu_lab

#endif  // ELU_LAB_RESULTS_FIELDS_H_
