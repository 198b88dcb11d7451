// CIFAR-10 in its binary form: records of one label byte and 3072 pixel bytes (1024 red, 1024 green, 1024 blue).
// Source: Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009.
#ifndef ELU_LAB_FILES_CIFAR10_RECORDS_H_
#define ELU_LAB_FILES_CIFAR10_RECORDS_H_

#include <cstdint>
#include <filesystem>
#include <vector>

namespace elu_lab {

constexpr int64_t kCifar10Record = 1 + 3 * 32 * 32;

// The first `count` records of data_batch_1.bin to data_batch_5.bin in `folder`; of test_batch.bin if `test`.
// Throws std::runtime_error naming the file that is missing, not of 10,000 records, or has a label above 9 among the
// records asked for, or if there are fewer records than asked for.
std::vector<uint8_t> ReadCifar10Records(const std::filesystem::path& folder, bool test, int64_t count);

}  // namespace elu_lab

#endif  // ELU_LAB_FILES_CIFAR10_RECORDS_H_
