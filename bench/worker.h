// A process that answers each line with a line.
#ifndef ELU_BENCH_WORKER_H_
#define ELU_BENCH_WORKER_H_

#include <sys/types.h>

#include <cstdio>
#include <string>
#include <vector>

namespace bench {

class Worker {
 public:
  // Starts words[0] with the others as its arguments. Throws std::runtime_error if that is impossible.
  explicit Worker(const std::vector<std::string>& words);
  ~Worker();  // closes its input and waits for its end
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  std::string Read();                        // the next line; throws std::runtime_error where there is none
  std::string Ask(const std::string& line);  // its answer

 private:
  FILE *to_ = nullptr, *from_ = nullptr;
  pid_t process_ = 0;
};

}  // namespace bench

#endif  // ELU_BENCH_WORKER_H_
