// Checkpoints: what is written is read, and what is malformed is refused with a reason, whole.
#include "lab/checkpoint/safetensors.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <string>
#include <vector>

#include "lab/checkpoint/model.h"
#include "tests/lab/support/folder.h"

namespace elu_lab {
namespace {

// A file from its header and its data.
std::string FileOf(const std::string& header, const std::string& data) {
  std::string bytes;
  for (int shift = 0; shift < 64; shift += 8) bytes.push_back(static_cast<char>(header.size() >> shift & 0xff));
  return bytes + header + data;
}

std::string Repeated(const std::string& part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

std::string ErrorOf(const std::string& bytes) {
  const Folder folder;
  folder.Write("a", bytes);
  return Error([&] { ReadSafetensors(folder.Path() / "a"); });
}

TEST(Safetensors, ReadsWhatItWrote) {
  const Folder folder;
  const Tensors tensors = {{"a", torch::randn({3})},
                           {"b", torch::randn({2, 3}, torch::kFloat64)},
                           {"c", torch::arange(5, torch::kUInt8)},
                           {"d", torch::tensor(7, torch::kInt64)},
                           {"e", torch::empty({0, 4})}};
  WriteSafetensors(folder.Path() / "a", tensors, {{"key", "a \"value\""}});
  const Safetensors read = ReadSafetensors(folder.Path() / "a");
  ASSERT_EQ(read.tensors.size(), tensors.size());
  for (const auto& [name, tensor] : tensors) {
    EXPECT_EQ(read.tensors.at(name).scalar_type(), tensor.scalar_type()) << name;
    EXPECT_TRUE(at::equal(read.tensors.at(name), tensor)) << name;
  }
  EXPECT_EQ(read.metadata, (Metadata{{"key", "a \"value\""}}));
}

TEST(Safetensors, RefusesEveryTruncation) {
  const std::string whole = FileOf(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", "12345678");
  EXPECT_EQ(ErrorOf(whole), "");
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_NE(ErrorOf(whole.substr(0, size)).find("is cut off"), std::string::npos) << size;
  }
  EXPECT_NE(ErrorOf(whole + "9").find("too long"), std::string::npos);
}

TEST(Safetensors, RefusesMalformedHeaders) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"[]", "no JSON object"},
      {"{", "no JSON"},
      {R"({"__metadata__":{"a":1}})", "metadata are not texts"},
      {R"({"a":7})", "tensor a: lacks"},
      {R"({"a":{"dtype":"F32","shape":[2]}})", "tensor a: lacks"},
      {R"({"a":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}})", "type F16"},
      {R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", "does not fit"},
      {R"({"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})", "natural number"},
      {R"({"a":{"dtype":"F32","shape":[0.5],"data_offsets":[0,8]}})", "natural number"},
      {R"({"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}})", "shape is no list"},
      {R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}})", "does not fit"},
      {R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}})", "offsets are not two"},
      {R"({"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}})", "too large"},
      {R"({"a":{"dtype":"F32","shape":[1073741824,1073741824,1073741824,16],"data_offsets":[0,8]}})", "too large"},
      {R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[1,9]}})", "leave a gap"},
      {R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
       "overlap"},
      {R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", "take 4 bytes of 8"},
      {R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})",
       "names a twice"},
      {R"({"a":{"dtype":"F64","dtype":"F32","shape":[2],"data_offsets":[0,8]}})", "names dtype twice"},
      {R"({"__metadata__":{"alpha":"1","alph\u0061":"2"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})",
       "names alpha twice"},
      {R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[18446744073709551608,18446744073709551615]}})",
       "does not fit"},
      {R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[18446744073709551608,18446744073709551616]}})", "natural"},
      {R"({"a":{"dtype":"U8","shape":[1073741824],"data_offsets":[0,1073741824]}})", "take 1073741824 bytes of 8"},
      {R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})",
       "overlap"},
      {R"({"a":{"dtype":"F32","shape":[2,1,1,1,1,1,1,1,1],"data_offsets":[0,8]}})", "at most 8"},
      {std::string(100'000, '['), "nested too deep"},
      {R"({"a":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}", "nested too deep"},
      {Repeated(R"({"a":)", 100'000) + "1" + std::string(100'000, '}'), "nested too deep"},
  };
  for (const auto& [header, reason] : cases) {
    const std::string error = ErrorOf(FileOf(header, "12345678"));
    EXPECT_NE(error.find(reason), std::string::npos) << header.substr(0, 100) << ": " << error;
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
  }
  EXPECT_NE(ErrorOf("\xff\xff\xff\xff\xff\xff\xff\x7f{}").find("claims 9223372036854775807 bytes"), std::string::npos);
  EXPECT_NE(Error([] { ReadSafetensors("/proc"); }).find("is no file"), std::string::npos);
  EXPECT_NE(Error([] { ReadSafetensors("/no/such"); }).find("cannot be opened"), std::string::npos);
}

// Kilobytes that the process has taken at most so far.
int64_t PeakMemory() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(Safetensors, RefusesBeforeThereIsMemory) {
  const Folder folder;
  const auto file = folder.Path() / "a";
  const auto refuse = [&](const std::string& header, uintmax_t size, const std::string& reason) {
    folder.Write("a", FileOf(header, ""));
    std::filesystem::resize_file(file, size);
    const std::string error = Error([&] { ReadSafetensors(file); });
    EXPECT_NE(error.find(reason), std::string::npos) << error;
  };
  refuse("{}", 1000, "take 0 bytes");
  constexpr uintmax_t kLargest = uintmax_t{1} << 30;
  const int64_t before = PeakMemory();
  refuse("{}", kLargest, "take 0 bytes");
  refuse(R"({"a":{"dtype":"F64","shape":[134217728],"data_offsets":[0,1073741824]}})", kLargest, "is cut off");
  refuse("no JSON", kLargest, "no JSON");
  refuse("{}", kLargest + 1, "more than 1 GiB");
  refuse(R"({"a":[)" + Repeated("{},", 1'000'000) + "0]}", kLargest, "too many values");
  EXPECT_LT(PeakMemory() - before, 64 << 10);
}

TEST(CopyTensors, CopiesAllOrNothing) {
  const Tensors to = {{"a", torch::zeros({2})}, {"b", torch::zeros({2})}};
  const auto refused = [&to](const Tensors& from, const std::string& reason) {
    const std::string error = Error([&] { CopyTensors(from, to); });
    EXPECT_NE(error.find(reason), std::string::npos) << error;
    for (const auto& entry : to) EXPECT_TRUE(at::equal(entry.second, torch::zeros({2}))) << reason;
  };
  const torch::Tensor ones = torch::ones({2});
  refused({{"a", ones}}, "there is no tensor b");
  refused({{"a", ones}, {"b", ones}, {"c", ones}}, "the tensor c belongs to nothing here");
  refused({{"a", ones}, {"b", torch::ones({3})}}, "b is F32 of shape [3], not F32 of shape [2]");
  refused({{"a", ones}, {"b", ones.to(torch::kFloat64)}}, "b is F64");
  CopyTensors({{"a", ones}, {"b", ones}}, to);
  EXPECT_TRUE(at::equal(to.at("b"), ones));
}

TEST(Model, KeepsWhatItIs) {
  const Folder folder;
  const Model model{{.activation = "celu", .alpha = 0.1, .batch_norm = false},
                    {"cat", "dog", "owl"},
                    true,
                    ConvNet(FindActivation("celu", 0.1), 3, false)};
  WriteModel(folder.Path() / "weights.safetensors", model);
  Model read = ReadModel(folder.Path());
  EXPECT_EQ(read.settings.activation, "celu");
  EXPECT_EQ(read.settings.alpha, 0.1);
  EXPECT_FALSE(read.settings.batch_norm);
  EXPECT_EQ(read.classes, model.classes);
  const Tensors before = StateOf(*model.network), after = StateOf(*read.network);
  ASSERT_EQ(before.size(), 8U);
  for (const auto& [name, tensor] : before) EXPECT_TRUE(at::equal(after.at(name), tensor)) << name;
  EXPECT_EQ(ReadModel(folder.Path(), "relu").settings.activation, "relu");
}

TEST(Model, RefusesOtherTensorsAndMetadata) {
  const Folder folder;
  const Tensors good = StateOf(*ConvNet(FindActivation("elu"), 3));
  const auto refused = [&](Tensors tensors, const Metadata& metadata, const std::string& reason) {
    WriteSafetensors(folder.Path() / "a", tensors, metadata);
    const std::string error = Error([&] { ReadModel(folder.Path() / "a"); });
    EXPECT_NE(error.find(reason), std::string::npos) << error;
  };
  Tensors wrong = good;
  wrong["features.4.bias"] = torch::zeros({127});
  refused(wrong, {}, "features.4.bias is F32 of shape [127], not F32 of shape [128]");
  wrong = good;
  wrong.erase("features.6.running_mean");
  refused(wrong, {}, "there is no tensor features.6.running_mean");
  refused({{"a", torch::zeros({1})}}, {}, "no ConvNetELU");
  refused(good, {{"activation", "gauss"}}, "no activation 'gauss'");
  refused(good, {{"alpha", "much"}}, "alpha as 'much'");
  refused(good, {{"classes", "[\"a\"]"}}, "metadata name 1 classes, its tensors have 3");
  refused(good, {{"classes", "cat, dog"}}, "metadata do not name the classes");
}

}  // namespace
}  // namespace elu_lab
