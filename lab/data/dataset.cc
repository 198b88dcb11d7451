#include "lab/data/dataset.h"

#include <stdexcept>

#include "lab/files/image_file.h"

namespace elu_lab {
namespace {

uint64_t Fnv(const torch::Tensor& tensor, uint64_t digest) {
  if (!tensor.defined()) return digest;
  const torch::Tensor dense = tensor.contiguous();
  const auto* bytes = static_cast<const uint8_t*>(dense.const_data_ptr());
  for (size_t i = 0; i < dense.nbytes(); ++i) digest = (digest ^ bytes[i]) * 0x100000001b3;
  return digest;
}

Images First(const Images& images, int64_t count, const char* kind) {
  if (count == 0) return images;
  const int64_t all = images.labels.size(0);
  if (count > all) {
    throw std::runtime_error("there are " + std::to_string(all) + " " + kind + " images, " + std::to_string(count) +
                             " were asked for");
  }
  const torch::Tensor chosen = ShuffledOrder(all).slice(0, 0, count);
  return {images.pixels.index_select(0, chosen), images.labels.index_select(0, chosen)};
}

// Read class by class, and shuffled: some measurements take the first images alone.
Images ToImages(ClassFolders::Images& read) {
  const auto count = static_cast<int64_t>(read.labels.size());
  const torch::Tensor order = ShuffledOrder(count);
  const auto pixels = torch::from_blob(read.pixels.data(), {count, 3, kImageSide, kImageSide}, torch::kUInt8);
  return {pixels.index_select(0, order),
          torch::from_blob(read.labels.data(), {count}, torch::kInt64).index_select(0, order)};
}

}  // namespace

torch::Tensor ShuffledOrder(int64_t count) {
  at::Generator generator = at::detail::createCPUGenerator(0);
  return torch::randperm(count, generator, torch::kInt64);
}

Dataset ReadDataset(const std::filesystem::path& folder, Part part) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    throw std::runtime_error(folder.string() + ": there is no such folder; make data fetches CIFAR-10");
  }
  if (!fs::exists(folder / "data_batch_1.bin", error) && !fs::exists(folder / "test_batch.bin", error)) {
    return ReadImageFolder(folder, part);
  }
  Dataset dataset{Cifar10Classes(), {}, ReadCifar10(folder, true, kCifar10Test)};
  if (part == Part::kBoth) dataset.train = ReadCifar10(folder, false, kCifar10Train);
  return dataset;
}

Dataset ReadImageFolder(const std::filesystem::path& folder, Part part) {
  ClassFolders read = ReadClassFolders(folder, part);
  return {std::move(read.classes), ToImages(read.train), ToImages(read.test)};
}

Dataset FirstImages(const Dataset& dataset, int64_t train, int64_t test) {
  return {dataset.classes, First(dataset.train, train, "training"), First(dataset.test, test, "test")};
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
