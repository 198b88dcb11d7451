#include "cli/eval/of_npy.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <thread>
#include <vector>

#include "cli/eval/array_file.h"
#include "cli/eval/npy.h"
#include "cli/kernel/dtype.h"
#include "program/progress.h"
#include "src/proof/parallel.h"

namespace elu::cli {
namespace {

constexpr std::size_t kNumbersAtOnce = 2 << 20;  // bytes that a thread takes at a time

// bfloat16 has no name in .npy: ml_dtypes saves two bytes of no type.
const Dtype& TypeOf(const ArrayInput& input, const NpyHeader& header, const std::string& asked) {
  const std::string name = header.descr.substr(std::min<std::size_t>(1, header.descr.size()));
  const char order = header.descr.empty() ? '\0' : header.descr.front();
  const bool raw = name == "V2" && (order == '|' || order == '<') && asked == "bf16";
  const bool number = order == '<' || order == '>';
  std::string found = raw ? "bf16" : "";
  if (number && name == "f4") found = "f32";
  if (number && name == "f8") found = "f64";
  if (number && name == "f2") found = "f16";
  if (found.empty()) {
    throw std::runtime_error(input.name() + ": it holds the type '" + header.descr +
                             "'; elu takes '<f4', '<f8', '<f2' and, with --dtype bf16, '<V2'");
  }
  if (!asked.empty() && asked != found) {
    throw std::runtime_error(input.name() + ": it holds " + found + ", not " + asked);
  }
  return FindDtype(found);
}

// Before any work where the length is known, else when the end is reached.
void CheckLength(const ArrayInput& input, const NpyHeader& header, std::uint64_t size) {
  const std::uint64_t promised = header.bytes.size() + header.size;
  if (size == promised) return;
  throw std::runtime_error(input.name() +
                           (size < promised ? ": it is cut short: its header promises "
                                            : ": something follows its array: its header promises ") +
                           std::to_string(promised) + " bytes");
}

class Work {
 public:
  Work(const NpyRequest& request, const ArrayInput& input, const NpyHeader& header)
      : request_(request),
        input_(input),
        header_(header),
        dtype_(TypeOf(input, header, request.dtype)),
        params_(detail::ToC(request.params)),
        swapped_((header.descr.front() == '>') != (std::endian::native == std::endian::big)) {
    Call(nullptr, 0);  // throws for parameters that are not admitted
  }

  void Into(const ArrayOutput& output) const {
    output.Write(std::as_bytes(std::span(header_.bytes)), 0);
    const bool stream = output.stream() || !input_.size();
    program::ProgressLine progress(program::kPatience);  // of this thread
    const std::thread::id here = std::this_thread::get_id();
    std::atomic<std::uint64_t> done = 0;
    const auto block = [&](std::size_t begin, std::size_t end) {
      OneBlock(output, begin, end - begin);
      done += end - begin;
      if (std::this_thread::get_id() == here) {
        progress.Show("evaluating", static_cast<double>(done) / static_cast<double>(header_.size));
      }
    };
    const std::size_t blocks = header_.size / kNumbersAtOnce + 1;
    const auto threads = static_cast<unsigned>(std::min<std::size_t>(blocks, request_.threads));
    proof::InParallel(header_.size, kNumbersAtOnce, stream ? 1 : threads, block);
  }

 private:
  void OneBlock(const ArrayOutput& output, std::uint64_t begin, std::size_t size) const {
    thread_local std::vector<std::byte> bytes(kNumbersAtOnce);
    const std::span<std::byte> block = std::span(bytes).first(size);
    const std::uint64_t position = header_.bytes.size() + begin;
    const std::size_t got = input_.Read(block, position);
    if (got < size) CheckLength(input_, header_, position + got);
    if (swapped_) Swap(block);
    Call(block.data(), size / dtype_.bytes);
    if (swapped_) Swap(block);
    output.Write(block, position);
  }

  void Call(void* x, std::size_t n) const {
    const elu_status status = dtype_.call(*request_.function, nullptr, nullptr, x, x, n, params_, request_.accuracy);
    detail::Check(request_.function->name, status, request_.params);
  }

  // From the other order of bytes into ours, or back.
  void Swap(std::span<std::byte> bytes) const {
    for (std::size_t i = 0; i < bytes.size(); i += dtype_.bytes) std::ranges::reverse(bytes.subspan(i, dtype_.bytes));
  }

  const NpyRequest& request_;
  const ArrayInput& input_;
  const NpyHeader& header_;
  const Dtype& dtype_;
  elu_params params_;
  bool swapped_;
};

}  // namespace

void EvaluateNpy(const NpyRequest& request) {
  const ArrayInput input(request.input);
  const NpyHeader header = ReadNpyHeader(input);
  const Work work(request, input, header);
  if (input.size()) CheckLength(input, header, *input.size());
  ArrayOutput output("--output", request.output);
  work.Into(output);
  if (std::byte more; !input.size() && input.Read(std::span(&more, 1), 0) > 0) {
    CheckLength(input, header, header.bytes.size() + header.size + 1);
  }
  output.Keep();
}

}  // namespace elu::cli
