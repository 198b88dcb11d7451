// For tests of small batches.
#ifndef ELU_TESTS_LAB_SUPPORT_ONE_THREAD_H_
#define ELU_TESTS_LAB_SUPPORT_ONE_THREAD_H_

#include <gtest/gtest.h>
#include <torch/torch.h>

namespace elu_lab {

// PyTorch has one thread meanwhile: two that wait for each other on a busy machine take many times as long.
class OneThread : public testing::Test {
 protected:
  OneThread() { at::set_num_threads(1); }
  ~OneThread() override { at::set_num_threads(threads_); }

 private:
  const int threads_ = at::get_num_threads();
};

}  // namespace elu_lab

#endif  // ELU_TESTS_LAB_SUPPORT_ONE_THREAD_H_
