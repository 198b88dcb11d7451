// Options that several subcommands have.
#ifndef ELU_LAB_COMMAND_OPTIONS_H_
#define ELU_LAB_COMMAND_OPTIONS_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "lab/settings.h"

namespace elu_lab {

// CIFAR10_DIR of the environment, or where `make data` puts the images.
std::filesystem::path DefaultData();

// A check: the parser takes "" for 0.
std::string NotEmpty(const std::string& text);

// A whole number from 1.
CLI::Option* AddCount(CLI::App& command, const char* name, int64_t& count, const char* help);

// A number above 0.
void AddPositive(CLI::App& command, const char* name, double& value, const char* help);

// The same, one or several with commas between.
void AddPositives(CLI::App& command, const char* name, std::vector<double>& values, const char* help);

// --alpha: one, or several with commas between, as the library takes it.
void AddAlpha(CLI::App& command, double& alpha, const char* help);
void AddAlphas(CLI::App& command, std::vector<double>& alphas, const char* help);

// Whether the path, or where its links lead, is the folder or in it. False where there is no such folder, which is told
// later.
bool LiesIn(const std::filesystem::path& path, const std::filesystem::path& folder);

// The next call would read the output as images. Throws CLI::ValidationError.
void RefuseOutputInData(const std::filesystem::path& output, const std::filesystem::path& data);

// --epochs, --batch, --lr, --seed.
void AddTraining(CLI::App& command, TrainingSettings& training);

// --kernel elu|pytorch.
void AddKernel(CLI::App& command, bool& elu_kernel);

// --augment, --no-augment.
void AddAugment(CLI::App& command, TrainingSettings& training);

// --shard I/N.
void AddShard(CLI::App& command, Shard& shard);

// --threads.
void AddThreads(CLI::App& command, int& threads);

// --activation and --alpha of a checkpoint that does not tell.
void AddActivation(CLI::App& command, std::optional<std::string>& activation, std::optional<double>& alpha);

}  // namespace elu_lab

#endif  // ELU_LAB_COMMAND_OPTIONS_H_
