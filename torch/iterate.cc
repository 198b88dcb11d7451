#include "torch/iterate.h"

#include <c10/util/Exception.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace elu::torch {
namespace {

constexpr int kMostInputs = 3;
constexpr int64_t kBufferBytes = 4096;

void Check(elu_status status) { TORCH_INTERNAL_ASSERT(status == ELU_OK, elu_status_text(status)); }

// Where an operand's elements lie in a plane of rows: strides in bytes.
struct Place {
  char* data;
  int64_t inner, outer;

  Place At(int64_t i, int64_t row) const { return {data + i * inner + row * outer, inner, outer}; }
};

// A part of a plane: `rows` rows of n elements each.
struct Part {
  int64_t n, rows;

  // Whether its elements lie there side by side.
  bool Dense(const Place& p, int64_t element_size) const {
    return p.inner == element_size && (rows == 1 || p.outer == n * element_size);
  }
};

// to = from, of elements as large as T.
template <class T>
void CopyElements(const Place& from, const Place& to, const Part& part) {
  constexpr int64_t kSize = sizeof(T);
  for (int64_t row = 0; row < part.rows; ++row) {
    const char* source = from.At(0, row).data;
    char* target = to.At(0, row).data;
    if (from.inner == kSize && to.inner == kSize) {
      std::memcpy(target, source, static_cast<size_t>(part.n * kSize));
    } else if (from.inner == 0 && to.inner == kSize) {  // expanded, as the gradient of sum() is
      std::fill_n(reinterpret_cast<T*>(target), part.n, *reinterpret_cast<const T*>(source));
    } else {
      for (int64_t i = 0; i < part.n; ++i) std::memcpy(target + i * to.inner, source + i * from.inner, sizeof(T));
    }
  }
}

void Copy(const Place& from, const Place& to, const Part& part, int64_t element_size) {
  switch (element_size) {
    case 2: return CopyElements<uint16_t>(from, to, part);
    case 4: return CopyElements<uint32_t>(from, to, part);
    default: return CopyElements<uint64_t>(from, to, part);
  }
}

// A plane of every operand, the output first: what TensorIterator hands to a loop.
class Plane {
 public:
  Plane(const Call& call, int64_t element_size, at::ArrayRef<Place> places)
      : call_(call), element_size_(element_size), places_(places) {}

  void Run(const Part& whole) const {
    const bool in_rows =
        std::all_of(places_.begin(), places_.end(), [this](const Place& p) { return p.inner == element_size_; });
    if (in_rows && whole.n >= kLongRow) {
      for (int64_t row = 0; row < whole.rows; ++row) RunRow(row, whole.n);
    } else {
      RunInParts(whole);
    }
  }

 private:
  static constexpr int64_t kLongRow = 128;  // from here a row is worth a call of its own

  int64_t BufferSize() const { return kBufferBytes / element_size_; }

  // What the kernel refuses, since an output overlaps an input in part and PyTorch let it pass, goes through buffers.
  void RunRow(int64_t row, int64_t n) const {
    std::array<const void*, kMostInputs> in{};
    for (size_t k = 1; k < places_.size(); ++k) in[k - 1] = places_[k].At(0, row).data;
    const elu_status status = call_(in.data(), places_[0].At(0, row).data, static_cast<size_t>(n));
    if (status != ELU_ERROR_OVERLAP) return Check(status);
    for (int64_t i = 0; i < n; i += BufferSize()) RunBuffered(i, row, {std::min(BufferSize(), n - i), 1}, true);
  }

  // In parts of a row, or of several rows, that fit a buffer.
  void RunInParts(const Part& whole) const {
    const int64_t n = std::min(whole.n, BufferSize()), rows = n < whole.n ? 1 : std::max<int64_t>(1, BufferSize() / n);
    for (int64_t row = 0; row < whole.rows; row += rows) {
      for (int64_t i = 0; i < whole.n; i += n) {
        RunBuffered(i, row, {std::min(n, whole.n - i), std::min(rows, whole.rows - row)}, false);
      }
    }
  }

  // Of a part that fits: what does not lie side by side, or everything, by way of the buffers.
  void RunBuffered(int64_t i, int64_t row, const Part& part, bool everything) const {
    alignas(64) char memory[kMostInputs + 1][kBufferBytes];
    std::array<char*, kMostInputs + 1> data{};
    const auto buffer = [&](size_t k) { return Place{memory[k], element_size_, part.n * element_size_}; };
    for (size_t k = 0; k < places_.size(); ++k) {
      const Place place = places_[k].At(i, row);
      const bool dense = !everything && part.Dense(place, element_size_);
      data[k] = dense ? place.data : memory[k];
      if (!dense && k > 0) Copy(place, buffer(k), part, element_size_);
    }
    const elu_status status =
        call_(reinterpret_cast<const void* const*>(data.data() + 1), data[0], static_cast<size_t>(part.n * part.rows));
    if (status == ELU_ERROR_OVERLAP) return RunBuffered(i, row, part, true);
    Check(status);
    if (data[0] == memory[0]) Copy(buffer(0), places_[0].At(i, row), part, element_size_);
  }

  const Call& call_;
  const int64_t element_size_;
  const at::ArrayRef<Place> places_;
};

}  // namespace

void RunInOneRow(const Call& call, at::ArrayRef<const void*> in, void* out, int64_t n) {
  Check(call(in.data(), out, static_cast<size_t>(n)));
}

void RunIterator(const Call& call, at::TensorIteratorBase& iterator) {
  const int operands = iterator.ntensors();
  TORCH_INTERNAL_ASSERT(operands <= kMostInputs + 1);
  const int64_t element_size = iterator.element_size(0);
  // Not at::parallel_for, whose threads are those of the OpenMP that the caller is compiled with, if with any.
  iterator.for_each(
      [&](char** data, const int64_t* strides, int64_t n, int64_t rows) {
        std::array<Place, kMostInputs + 1> places{};
        for (int k = 0; k < operands; ++k) {
          places[static_cast<size_t>(k)] = {data[k], strides[k], strides[operands + k]};
        }
        Plane(call, element_size, at::ArrayRef<Place>(places.data(), static_cast<size_t>(operands))).Run({n, rows});
      },
      kGrain);
}

}  // namespace elu::torch
