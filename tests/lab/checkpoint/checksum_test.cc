// Damaged checkpoints are refused with a reason, whatever has happened to them.
#include "lab/files/checksum.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "lab/checkpoint/model.h"
#include "lab/checkpoint/safetensors.h"
#include "lab/files/safetensors_file.h"
#include "lab/training/trainer.h"
#include "tests/lab/support/folder.h"
#include "tests/lab/support/noise.h"
#include "tests/lab/support/one_thread.h"

namespace elu_lab {
namespace {

constexpr unsigned kSeed = 1;

std::string ContentOf(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void Write(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

// "" where the file is read; without its name.
std::string ReasonOf(const std::filesystem::path& file) {
  return Error([&] { ReadSafetensorsFile(file); });
}

// What elu-lab train keeps: the weights, and all that the training depends on.
class Checkpoint : public OneThread {
 protected:
  Checkpoint() {
    const Images images = Noise(20);
    const ConvNet network = MakeNetwork(FindActivation("elu"), kSeed, 10);
    Trainer trainer(network, images, {.epochs = 2, .batch = 8, .seed = kSeed});
    while (trainer.steps_done() < 2) trainer.Step();
    WriteModel(weights_, {{.activation = "elu"}, Cifar10Classes(), true, network});
    WriteSafetensors(state_, trainer.State(), {{"metrics", "[]"}, {"seconds", "1.5"}});
  }

  const Folder folder_;
  const std::filesystem::path weights_ = folder_.Path() / "weights", state_ = folder_.Path() / "state";
};

TEST_F(Checkpoint, IsRefusedWhereverItIsCutOff) {
  for (const auto& file : {weights_, state_}) {
    ASSERT_EQ(ReasonOf(file), "");
    const size_t whole = std::filesystem::file_size(file);
    ASSERT_GT(whole, 8'000'000U);
    for (size_t size = (whole - 1) / 1000 * 1000;; size -= 1000) {
      std::filesystem::resize_file(file, size);
      const std::string error = ReasonOf(file);
      ASSERT_NE(error.find("is cut off"), std::string::npos) << size << ": " << error;
      ASSERT_EQ(error.find('\n'), std::string::npos) << size << ": " << error;
      if (size == 0) break;
    }
  }
}

void FlipBit(const std::filesystem::path& file, size_t bit) {
  std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
  stream.seekg(static_cast<std::streamoff>(bit / 8));
  const auto byte = static_cast<char>(stream.get() ^ 1 << bit % 8);
  stream.seekp(static_cast<std::streamoff>(bit / 8));
  stream.put(byte);
}

// Of flips of so many bits of the range, at random, or of each where it has no more.
void ExpectRefusals(const std::filesystem::path& file, size_t begin, size_t end, size_t flips,
                    const std::string& reason) {
  std::mt19937_64 chance(kSeed);
  const size_t bits = 8 * (end - begin);
  for (size_t flip = 0; flip < std::min(bits, flips); ++flip) {
    const size_t bit = 8 * begin + (flips >= bits ? flip : chance() % bits);
    FlipBit(file, bit);
    const std::string error = ReasonOf(file);
    FlipBit(file, bit);
    ASSERT_FALSE(error.empty()) << "bit " << bit << ", seed " << kSeed;
    ASSERT_NE(error.find(reason), std::string::npos) << "bit " << bit << ": " << error;
    ASSERT_EQ(error.find('\n'), std::string::npos) << "bit " << bit << ": " << error;
  }
}

TEST_F(Checkpoint, IsRefusedWhereABitIsFlipped) {
  constexpr size_t kLength = 8;
  for (const auto& file : {weights_, state_}) {
    const std::string bytes = ContentOf(file);
    const size_t metadata = bytes.find('{', kLength + 1), tensors = bytes.find('}', metadata), data = bytes.find("}}");
    ExpectRefusals(file, 0, kLength, 64, "");
    ExpectRefusals(file, kLength, metadata, 1000, "");
    ExpectRefusals(file, metadata, tensors, 50, "");
    ExpectRefusals(file, tensors, data, 50, "");
    ExpectRefusals(file, data + kLength + 2, bytes.size(), 100, "its bytes are not those that its checksum");
    EXPECT_EQ(ReasonOf(file), "");  // it is whole again
  }
}

// The same with the digits that these bytes have, the rest of the file being what it should not be.
std::string WithRightDigits(std::string bytes) {
  const std::string before = "\"checksum\":\"";
  bytes.replace(bytes.find(before) + before.size(), 8, "00000000");
  FillChecksum(bytes);
  return bytes;
}

std::string Replaced(std::string bytes, const std::string& old, const std::string& with) {
  return bytes.replace(bytes.find(old), old.size(), with);
}

TEST_F(Checkpoint, HasAFormAndAChecksumOrNeither) {
  const std::string weights = ContentOf(weights_);
  EXPECT_EQ(WithRightDigits(weights), weights);
  EXPECT_TRUE(ReadSafetensors(weights_).checked);
  const auto file = folder_.Path() / "changed";
  Write(file, std::string("\2\0\0\0\0\0\0\0{}", 10));
  EXPECT_FALSE(ReadSafetensors(file).checked);
  const auto refused = [&](const std::string& bytes, const std::string& reason) {
    Write(file, bytes);
    const std::string error = ReasonOf(file);
    EXPECT_NE(error.find(reason), std::string::npos) << error;
  };
  refused(WithRightDigits(Replaced(weights, "\"form\":\"1\"", "\"form\":\"2\"")), "another version");
  refused(WithRightDigits(Replaced(weights, "\"form\":", "\"from\":")), "another version");
  refused(Replaced(weights, "\"checksum\":", "\"checkers\":"), "no checksum");
}

}  // namespace
}  // namespace elu_lab
