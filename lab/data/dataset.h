// Images to train with and to test with, of whatever form the user's are.
#ifndef ELU_LAB_DATA_DATASET_H_
#define ELU_LAB_DATA_DATASET_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "lab/data/cifar10.h"
#include "lab/files/class_folders.h"

namespace elu_lab {

struct Dataset {
  std::vector<std::string> classes;  // a label's name
  Images train, test;
};

// CIFAR-10, where `folder` holds data_batch_1.bin or test_batch.bin, or else a folder of class folders (below). Throws
// std::runtime_error with one line for people.
Dataset ReadDataset(const std::filesystem::path& folder, Part part = Part::kBoth);

// What ReadClassFolders (class_folders.h) takes, and throws; the images in ShuffledOrder, so that the first are of all
// classes.
Dataset ReadImageFolder(const std::filesystem::path& folder, Part part = Part::kBoth);

// (count) int64: 0 to count - 1 in an order of chance that is always the same.
torch::Tensor ShuffledOrder(int64_t count);

// So many images of each part, the first in ShuffledOrder; 0: all as they are. Throws std::runtime_error where there
// are fewer.
Dataset FirstImages(const Dataset& dataset, int64_t train, int64_t test);

// A number that depends on all pixels and labels, to recognise images by (64-bit FNV-1a).
uint64_t DigestOf(const Dataset& dataset);

}  // namespace elu_lab

#endif  // ELU_LAB_DATA_DATASET_H_
