#include "dataset.h"

#include <stdexcept>

namespace elu_lab {
namespace {

uint64_t Fnv(const torch::Tensor& tensor, uint64_t digest) {
  if (!tensor.defined()) return digest;
  const torch::Tensor dense = tensor.contiguous();
  const auto* bytes = static_cast<const uint8_t*>(dense.const_data_ptr());
  for (size_t i = 0; i < dense.nbytes(); ++i) digest = (digest ^ bytes[i]) * 0x100000001b3;
  return digest;
}

}  // namespace

Dataset ReadDataset(const std::filesystem::path& folder, Part part) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (!fs::is_directory(folder, error)) throw std::runtime_error(folder.string() + ": there is no such folder");
  if (!fs::exists(folder / "data_batch_1.bin", error) && !fs::exists(folder / "test_batch.bin", error)) {
    return ReadImageFolder(folder, part);
  }
  Dataset dataset{Cifar10Classes(), {}, ReadCifar10(folder, true, kCifar10Test)};
  if (part == Part::kBoth) dataset.train = ReadCifar10(folder, false, kCifar10Train);
  return dataset;
}

// Source of both numbers: Fowler, Noll, Vo, "The FNV Non-Cryptographic Hash Algorithm", 64 bits.
uint64_t DigestOf(const Dataset& dataset) {
  uint64_t digest = 0xcbf29ce484222325;
  for (const Images* images : {&dataset.train, &dataset.test}) {
    digest = Fnv(images->labels, Fnv(images->pixels, digest));
  }
  return digest;
}

}  // namespace elu_lab
