// No function of arrays allocates or locks, and after the first call none calls the system or touches a page for the
// first time: what a thread with a deadline needs.
#include <cxxabi.h>
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <functional>
#include <string>
#include <vector>

#include "src/functions.h"
#include "tests/support/bits.h"
#include "tests/support/number_types.h"

namespace {

std::atomic<long> allocations = 0, locks = 0;

// The next definition of what this file defines itself. Not kept in a static variable, which may be guarded itself.
template <class F>
F* Next(const char* name) {
  return reinterpret_cast<F*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

// In place of the C and the C++ library's functions, for the libraries of this program too.
#pragma GCC visibility push(default)
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* p, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) noexcept { return ++allocations, __libc_malloc(size); }
void* calloc(std::size_t count, std::size_t size) noexcept { return ++allocations, __libc_calloc(count, size); }
void* realloc(void* p, std::size_t size) noexcept { return ++allocations, __libc_realloc(p, size); }
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return ++allocations, __libc_memalign(alignment, size);
}

int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
  return ++locks, Next<int(pthread_mutex_t*)>("pthread_mutex_lock")(mutex);
}
// The guard of a static variable, which is asked until the variable exists.
int __cxa_guard_acquire(__cxxabiv1::__guard* guard) {
  return ++locks, Next<int(__cxxabiv1::__guard*)>("__cxa_guard_acquire")(guard);
}
}
#pragma GCC visibility pop

namespace elu::tests {
namespace {

template <class Type>
struct Arrays {
  static constexpr std::size_t kSize = 1 << 12;
  using T = typename Type::T;
  Type type;
  std::vector<T> ddx = Type::Mixed(kSize, 1), dy = Type::Mixed(kSize, 2), x = Type::Mixed(kSize, 3),
                 out = std::vector<T>(kSize);

  // Every function, for small and large arrays, in both accuracies, with and without parameters.
  bool Call() {
    constexpr elu_params kParams = {0.7, 1.3, 0.9};
    bool good = true;
    for (const Function& function : kFunctions) {
      for (const std::size_t n : {std::size_t{1}, std::size_t{67}, kSize}) {
        for (const elu_params* p : {static_cast<const elu_params*>(nullptr), &kParams}) {
          for (const elu_accuracy accuracy : {ELU_ACCURATE, ELU_FAST}) {
            const auto call = function.*type.call;
            good &= call(ddx.data(), dy.data(), x.data(), out.data(), n, p, accuracy) == ELU_OK;
          }
        }
      }
    }
    return good;
  }
};

// One pass over all types and targets. What it needs exists before.
class Calls {
 public:
  bool operator()() {
    bool good = true;
    for (const std::string& target : targets_) {
      good &= elu_set_target(target.c_str()) == ELU_OK;
      good &= f32_.Call() && f64_.Call() && f16_.Call() && bf16_.Call();
    }
    return good;
  }

 private:
  using Format = reference::Format;
  std::vector<std::string> targets_ = Targets();
  Arrays<NumberType<float, float>> f32_{kF32};
  Arrays<NumberType<double, double>> f64_{{"f64", Format::float64, &Function::f64, 0}};
  Arrays<NumberType<std::uint16_t, float16>> f16_{{"f16", Format::float16, &Function::f16, 0}};
  Arrays<NumberType<std::uint16_t, bfloat16>> bf16_{{"bf16", Format::bfloat16, &Function::bf16, 0}};
};

long PageFaults() {
  rusage usage;
  getrusage(RUSAGE_THREAD, &usage);
  return usage.ru_minflt + usage.ru_majflt;
}

// First, since the first call of a process chooses the instruction set. A static variable of the test shows that locks
// are seen, its arrays that allocations are.
TEST(RealTime, NoCallLocksOrAllocates) {
  float x = -1;
  const long locks_before = locks, allocations_before = allocations;
  ASSERT_EQ(elu_forward_f32(&x, &x, 1, nullptr, ELU_ACCURATE), ELU_OK);
  EXPECT_EQ(locks.load(), locks_before);
  EXPECT_EQ(allocations.load(), allocations_before);
  static Calls calls;
  const long locks_of_static = locks, allocations_of_arrays = allocations;
  EXPECT_GT(locks_of_static, locks_before);
  EXPECT_GT(allocations_of_arrays, allocations_before);
  ASSERT_TRUE(calls());
  EXPECT_EQ(locks.load(), locks_of_static);
  EXPECT_EQ(allocations.load(), allocations_of_arrays);
}

TEST(RealTime, NoPageIsTouchedForTheFirstTime) {
  Calls calls;
  ASSERT_TRUE(calls());
  const long before = PageFaults();
  ASSERT_TRUE(calls());
  EXPECT_EQ(PageFaults(), before);
  const std::vector<char> fresh(std::size_t{1} << 26);
  EXPECT_EQ(*static_cast<const volatile char*>(fresh.data()), 0);  // or a compiler may leave the pages out
  EXPECT_GT(PageFaults(), before);                                 // those are seen
}

// The status of a process that runs `what` where every call of the system but read, write and exit is death.
int StatusWithoutSystem(const std::function<bool()>& what) {
  const pid_t child = fork();
  if (child == 0) {
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0) _exit(77);
    const bool good = what();
    syscall(SYS_exit, good ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

TEST(RealTime, NoCallCallsTheSystem) {
  Calls calls;
  ASSERT_TRUE(calls());
  const int control = StatusWithoutSystem([] { return getppid() != 0; });
  if (WIFEXITED(control) && WEXITSTATUS(control) == 77) GTEST_SKIP() << "this system has no seccomp";
  ASSERT_TRUE(WIFSIGNALED(control) && WTERMSIG(control) == SIGKILL) << control;
  EXPECT_EQ(StatusWithoutSystem([&] { return calls(); }), 0);
}

TEST(RealTime, TenMillionCallsTakeNoMemory) {
  std::vector<float> x(16, -1.0F), y(16);
  const auto call = [&](int count) {
    bool good = true;
    for (int i = 0; i < count; ++i) {
      const std::size_t n = static_cast<std::size_t>(i) % 16;
      good &= elu_forward_f32(x.data(), y.data(), n, nullptr, ELU_ACCURATE) == ELU_OK;
    }
    return good;
  };
  ASSERT_TRUE(call(1000));
  rusage before, after;
  getrusage(RUSAGE_SELF, &before);
  const std::size_t used = mallinfo2().uordblks;
  ASSERT_TRUE(call(10'000'000));
  getrusage(RUSAGE_SELF, &after);
  EXPECT_EQ(mallinfo2().uordblks, used);
  EXPECT_EQ(after.ru_maxrss, before.ru_maxrss);
}

}  // namespace
}  // namespace elu::tests
