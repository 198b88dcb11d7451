// An array between two pages that cannot be touched.
#ifndef ELU_TESTS_CPU_GUARDED_H_
#define ELU_TESTS_CPU_GUARDED_H_

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <new>
#include <span>

namespace elu::tests {

template <class T>
class Guarded {
 public:
  // The last element ends where the page after it begins; or the first one begins where the page before it ends.
  Guarded(std::size_t n, bool at_end) {
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    const std::size_t inner = (n * sizeof(T) + page - 1) / page * page + page;
    size_ = inner + 2 * page;
    base_ = mmap(nullptr, size_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (base_ == MAP_FAILED) throw std::bad_alloc();
    auto* first = static_cast<std::byte*>(base_) + page;
    if (mprotect(first, inner, PROT_READ | PROT_WRITE) != 0) throw std::bad_alloc();
    auto* data = at_end ? first + inner - n * sizeof(T) : first;
    elements_ = {reinterpret_cast<T*>(data), n};
  }
  ~Guarded() { munmap(base_, size_); }
  Guarded(const Guarded&) = delete;
  Guarded& operator=(const Guarded&) = delete;

  std::span<T> Elements() { return elements_; }

 private:
  void* base_;
  std::size_t size_;
  std::span<T> elements_;
};

}  // namespace elu::tests

#endif  // ELU_TESTS_CPU_GUARDED_H_
