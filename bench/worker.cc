#include "bench/worker.h"

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace bench {
namespace {

struct Pipe {
  int read, write;
};

// Closed in processes started later, so that each alone holds its ends.
Pipe MakePipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error(std::strerror(errno));
  return {ends[0], ends[1]};
}

}  // namespace

Worker::Worker(const std::vector<std::string>& words) {
  std::signal(SIGPIPE, SIG_IGN);  // a worker that has died is told by Read
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const Pipe down = MakePipe(), up = MakePipe();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, down.read, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, up.write, STDOUT_FILENO);
  const int error = posix_spawn(&process_, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(down.read);
  close(up.write);
  to_ = fdopen(down.write, "w");
  from_ = fdopen(up.read, "r");
  if (error != 0) {
    std::fclose(to_);
    std::fclose(from_);
    throw std::runtime_error(words[0] + ": " + std::strerror(error));
  }
}

Worker::~Worker() {
  std::fclose(to_);
  std::fclose(from_);
  waitpid(process_, nullptr, 0);
}

std::string Worker::Read() {
  std::string line;
  for (int c; (c = std::fgetc(from_)) != '\n';) {
    if (c == EOF) throw std::runtime_error("a worker has stopped");
    line += static_cast<char>(c);
  }
  return line;
}

std::string Worker::Ask(const std::string& line) {
  std::fputs((line + '\n').c_str(), to_);
  std::fflush(to_);
  return Read();
}

}  // namespace bench
