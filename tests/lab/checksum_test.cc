// Damaged checkpoints are refused with a reason, whatever has happened to them.
#include "checksum.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>

#include "folder.h"
#include "model.h"
#include "noise.h"
#include "one_thread.h"
#include "safetensors.h"
#include "training.h"

namespace elu_lab {
namespace {

constexpr unsigned kSeed = 1;

std::string ContentOf(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string ReasonOf(std::string_view bytes) {
  return Error([&] { ParseSafetensors(bytes); });
}

// What elu-lab train keeps: the weights, and all that the training depends on.
class Checkpoint : public OneThread {
 protected:
  Checkpoint() {
    const Images images = Noise(20);
    const ConvNet network = MakeNetwork(FindActivation("elu"), kSeed, 10);
    Trainer trainer(network, images, {.epochs = 2, .batch = 8, .seed = kSeed});
    while (trainer.steps_done() < 2) trainer.Step();
    const Folder folder;
    WriteModel(folder.Path() / "weights", {{.activation = "elu"}, Cifar10Classes(), true, network});
    WriteSafetensors(folder.Path() / "state", trainer.State(), {{"metrics", "[]"}, {"seconds", "1.5"}});
    weights_ = ContentOf(folder.Path() / "weights");
    state_ = ContentOf(folder.Path() / "state");
  }

  std::string weights_, state_;
};

TEST_F(Checkpoint, IsRefusedWhereverItIsCutOff) {
  for (const std::string& whole : {weights_, state_}) {
    ASSERT_EQ(ReasonOf(whole), "");
    ASSERT_GT(whole.size(), 8'000'000U);
    for (size_t size = 0; size < whole.size(); size += 1000) {
      const std::string error = ReasonOf(std::string_view(whole).substr(0, size));
      ASSERT_NE(error.find("is cut off"), std::string::npos) << size << ": " << error;
      ASSERT_EQ(error.find('\n'), std::string::npos) << size << ": " << error;
    }
  }
}

// Of flips of so many bits of the range, at random, or of each where it has no more.
void ExpectRefusals(std::string& bytes, size_t begin, size_t end, size_t flips, const std::string& reason) {
  std::mt19937_64 chance(kSeed);
  const bool all = flips >= 8 * (end - begin);
  for (size_t flip = 0; flip < (all ? 8 * (end - begin) : flips); ++flip) {
    const size_t bit = 8 * begin + (all ? flip : chance() % (8 * (end - begin)));
    const char mask = static_cast<char>(1 << bit % 8);
    bytes[bit / 8] ^= mask;
    const std::string error = ReasonOf(bytes);
    bytes[bit / 8] ^= mask;
    ASSERT_FALSE(error.empty()) << "bit " << bit << ", seed " << kSeed;
    ASSERT_NE(error.find(reason), std::string::npos) << "bit " << bit << ": " << error;
    ASSERT_EQ(error.find('\n'), std::string::npos) << "bit " << bit << ": " << error;
  }
}

TEST_F(Checkpoint, IsRefusedWhereABitIsFlipped) {
  constexpr size_t kLength = 8;
  for (std::string& bytes : {std::ref(weights_), std::ref(state_)}) {
    const size_t metadata = bytes.find('{', kLength + 1), tensors = bytes.find('}', metadata), data = bytes.find("}}");
    ExpectRefusals(bytes, 0, kLength, 64, "");
    ExpectRefusals(bytes, kLength, metadata, 1000, "");
    ExpectRefusals(bytes, metadata, tensors, 50, "");
    ExpectRefusals(bytes, tensors, data, 50, "");
    ExpectRefusals(bytes, data + kLength + 2, bytes.size(), 100, "its bytes are not those that its checksum");
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
  EXPECT_EQ(WithRightDigits(weights_), weights_);
  EXPECT_TRUE(ParseSafetensors(weights_).checked);
  EXPECT_FALSE(ParseSafetensors(std::string("\2\0\0\0\0\0\0\0{}", 10)).checked);
  const auto refused = [](const std::string& bytes, const std::string& reason) {
    const std::string error = ReasonOf(bytes);
    EXPECT_NE(error.find(reason), std::string::npos) << error;
  };
  refused(WithRightDigits(Replaced(weights_, "\"form\":\"1\"", "\"form\":\"2\"")), "another version");
  refused(WithRightDigits(Replaced(weights_, "\"form\":", "\"from\":")), "another version");
  refused(Replaced(weights_, "\"checksum\":", "\"checkers\":"), "no checksum");
}

}  // namespace
}  // namespace elu_lab
