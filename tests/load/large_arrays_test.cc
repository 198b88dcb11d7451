// Arrays beyond what 32 bits count, right to the last element. Their inputs repeat, so that a short call tells what all
// results are; those that are only read are one block of memory, mapped again and again.
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <new>
#include <string>
#include <vector>

#include "elu/elu.h"
#include "src/functions.h"
#include "tests/support/number_types.h"
#include "tests/support/thorough.h"

namespace elu::tests {
namespace {

constexpr std::size_t kBillion = 1'000'000'000, kBeyondInt = (std::size_t{1} << 31) + 17;
constexpr std::size_t kBlock = std::size_t{1} << 22;  // bytes: of all page sizes a multiple
constexpr std::size_t kRoom = std::size_t{5} << 30;

// In bytes; 0 where the system does not tell.
std::size_t AvailableMemory() {
  std::ifstream file("/proc/meminfo");
  std::size_t kibibytes = 0;
  for (std::string name, line; file >> name && std::getline(file, line);) {
    if (name == "MemAvailable:") kibibytes = std::stoul(line);
  }
  return kibibytes * 1024;
}

// Pages of zeros.
class Pages {
 public:
  explicit Pages(std::size_t bytes) : bytes_((bytes + kBlock - 1) / kBlock * kBlock) {
    base_ = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base_ == MAP_FAILED) throw std::bad_alloc();
    madvise(base_, bytes_, MADV_HUGEPAGE);  // faster, where there are such pages
  }
  ~Pages() { munmap(base_, bytes_); }
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;

  std::size_t Blocks() const { return bytes_ / kBlock; }
  std::byte* Block(std::size_t i) const { return static_cast<std::byte*>(base_) + i * kBlock; }

 private:
  std::size_t bytes_;
  void* base_;
};

// Elements of the type that repeat after kBlock bytes.
template <class Type>
class Repeated {
 public:
  using T = typename Type::T;
  static constexpr std::size_t kPeriod = kBlock / sizeof(T);

  Repeated(std::size_t n, bool read_only) : period_(Type::Mixed(kPeriod, 1)), pages_(n * sizeof(T)) {
    read_only ? MapAll() : CopyAll();
  }
  T* Data() const { return reinterpret_cast<T*>(pages_.Block(0)); }
  const std::vector<T>& Period() const { return period_; }

 private:
  void CopyAll() {
    for (std::size_t i = 0; i < pages_.Blocks(); ++i) std::memcpy(pages_.Block(i), period_.data(), kBlock);
  }
  void MapAll() {
    const int file = memfd_create("period", 0);
    bool good = file >= 0 && write(file, period_.data(), kBlock) == static_cast<ssize_t>(kBlock);
    for (std::size_t i = 0; good && i < pages_.Blocks(); ++i) {
      good = mmap(pages_.Block(i), kBlock, PROT_READ, MAP_SHARED | MAP_FIXED, file, 0) != MAP_FAILED;
    }
    close(file);
    if (!good) throw std::bad_alloc();
  }

  std::vector<T> period_;
  Pages pages_;
};

// Whether out, of n elements, repeats `period`, and what lies behind the last one is still `behind`.
template <class Type, class T = typename Type::T>
testing::AssertionResult Repeats(const T* out, std::size_t n, const std::vector<T>& period, const T* behind) {
  for (std::size_t first = 0; first < n; first += period.size()) {
    const std::size_t count = std::min(period.size(), n - first);
    if (std::memcmp(out + first, period.data(), count * sizeof(T)) == 0) continue;
    for (std::size_t i = 0; i < count; ++i) {
      if (!Type::Same(out[first + i], period[i])) return testing::AssertionFailure() << "element " << first + i;
    }
  }
  if (std::memcmp(out + n, behind, 64) != 0) return testing::AssertionFailure() << "what lies behind the array";
  return testing::AssertionSuccess();
}

template <class Type, class T = typename Type::T>
std::vector<T> Forward(const Type& type, const std::vector<T>& x) {
  std::vector<T> y(x.size());
  (FindFunction("forward").*type.call)(nullptr, nullptr, x.data(), y.data(), x.size(), nullptr, ELU_ACCURATE);
  return y;
}

class LargeArrays : public testing::Test {
 protected:
  void SetUp() override {
    const std::size_t available = AvailableMemory();
    if (available < kRoom)
      GTEST_SKIP() << "takes 5 GiB of memory, of which " << (available >> 20) << " MiB are available";
  }
};

// The type's forward of numbers that repeat, onto the same array.
template <class Type>
void ExpectInPlace(const Type& type, std::size_t n) {
  const Repeated<Type> x(n, false);
  const auto expected = Forward(type, x.Period());
  ASSERT_EQ((FindFunction("forward").*type.call)(nullptr, nullptr, x.Data(), x.Data(), n, nullptr, ELU_ACCURATE),
            ELU_OK);
  EXPECT_TRUE(Repeats<Type>(x.Data(), n, expected, &x.Period()[n % x.Period().size()])) << type.name;
}

// The same onto another array, past the cache.
template <class Type>
void ExpectApart(const Type& type, std::size_t n) {
  using T = typename Type::T;
  const Repeated<Type> x(n, true);
  const Pages pages(n * sizeof(T));
  T* y = reinterpret_cast<T*>(pages.Block(0));
  ASSERT_EQ((FindFunction("forward").*type.call)(nullptr, nullptr, x.Data(), y, n, nullptr, ELU_ACCURATE), ELU_OK);
  EXPECT_TRUE(Repeats<Type>(y, n, Forward(type, x.Period()), std::vector<T>(64).data())) << type.name;
}

// visit(the type of this name)
template <class Visitor>
void VisitType(const std::string& name, const Visitor& visit) {
  ForEachType([&](const auto& type) {
    if (name == type.name) visit(type);
  });
}

TEST_F(LargeArrays, BillionFloatsInPlace) {
  if (!Thorough()) GTEST_SKIP() << "a billion floats are computed by make thorough";
  VisitType("f32", [](const auto& type) { ExpectInPlace(type, kBillion); });
}
TEST_F(LargeArrays, MoreBinary16NumbersInPlaceThanAnIntCounts) {
  VisitType("f16", [](const auto& type) { ExpectInPlace(type, kBeyondInt); });
}
TEST_F(LargeArrays, MoreBfloat16NumbersPastTheCacheThanAnIntCounts) {
  if (!Thorough()) GTEST_SKIP() << "numbers of bfloat16 past the cache are computed by make thorough";
  VisitType("bf16", [](const auto& type) { ExpectApart(type, kBeyondInt); });
}

}  // namespace
}  // namespace elu::tests
