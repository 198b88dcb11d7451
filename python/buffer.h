// The memory of a Python object that has the buffer protocol, such as a NumPy array.
#ifndef ELU_PYTHON_BUFFER_H_
#define ELU_PYTHON_BUFFER_H_

#include <nanobind/nanobind.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace elu::python {

// Held as long as this lives: the array can be neither freed nor resized.
class Buffer {
 public:
  Buffer(nanobind::handle array, bool writable) {
    const int flags = PyBUF_STRIDES | PyBUF_FORMAT | (writable ? PyBUF_WRITABLE : 0);
    if (PyObject_GetBuffer(array.ptr(), &view_, flags) != 0) throw nanobind::python_error();
  }
  ~Buffer() { PyBuffer_Release(&view_); }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  template <class T>
  T* data() const {
    return static_cast<T*>(view_.buf);
  }
  std::size_t size() const { return static_cast<std::size_t>(view_.len / view_.itemsize); }
  // As in Python's module struct, without the sign that NumPy puts before the type of misaligned numbers.
  std::string_view format() const {
    const std::string_view format = view_.format;
    return format.starts_with('=') ? format.substr(1) : format;
  }

  // Whether both have one shape, are dense and aligned, and have their elements in the same order in memory, so that
  // they can be read as arrays of one dimension.
  bool Corresponds(const Buffer& other) const {
    if (view_.ndim != other.view_.ndim || !Aligned() || !other.Aligned()) return false;
    for (int i = 0; i < view_.ndim; ++i) {
      if (view_.shape[i] != other.view_.shape[i]) return false;
      if (view_.shape[i] > 1 && view_.strides[i] != other.view_.strides[i]) return false;
    }
    return Dense();
  }

 private:
  bool Aligned() const {
    return reinterpret_cast<std::uintptr_t>(view_.buf) % static_cast<std::uintptr_t>(view_.itemsize) == 0;
  }

  // Dense: the steps of the dimensions, from the smallest on, are the sizes of what lies within. Then the first element
  // is also the lowest in memory.
  bool Dense() const {
    Py_ssize_t within = view_.itemsize;
    while (within < view_.len) {
      int next = 0;
      while (next < view_.ndim && (view_.shape[next] < 2 || view_.strides[next] != within)) ++next;
      if (next == view_.ndim) return false;
      within *= view_.shape[next];
    }
    return true;
  }

  Py_buffer view_;
};

}  // namespace elu::python

#endif  // ELU_PYTHON_BUFFER_H_
