// The folder of a training: run.json, what it was started with.
#ifndef ELU_LAB_FILES_RUN_RECORD_H_
#define ELU_LAB_FILES_RUN_RECORD_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "lab/settings.h"

namespace elu_lab {

// What a run is to be continued with, to the bit: the settings, and the images by their digest.
struct RunRecord {
  RunSettings settings;
  std::vector<std::string> classes;
  uint64_t images_digest = 0;
};

bool HoldsRun(const std::filesystem::path& folder);

// run.json in settings.output. Throws std::runtime_error, also where a name is no UTF-8.
void WriteRunRecord(const RunRecord& record);

// Throws std::runtime_error where there is no run.json or it is not of this form.
RunRecord ReadRunRecord(const std::filesystem::path& folder);

}  // namespace elu_lab

#endif  // ELU_LAB_FILES_RUN_RECORD_H_
