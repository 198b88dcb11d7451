// elu-lab, started once for many command lines: to load PyTorch takes a third of a second, and a fork takes none.
// Each line of standard input is a request:
//   {"arguments": [...], "streams": [IN, OUT, ERR], "environment": {...}}
// It is answered with the exit status that the program would have had, or with the signal's number below 0.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "lab/command/command_line.h"

namespace {

void Connect(const std::vector<std::string>& streams) {
  const int flags[] = {O_RDONLY, O_WRONLY, O_WRONLY};
  for (int i = 0; i < 3; ++i) {
    const int file = open(streams.at(static_cast<size_t>(i)).c_str(), flags[i]);
    if (file < 0 || dup2(file, i) < 0) std::_Exit(99);
    close(file);
  }
}

[[noreturn]] void Serve(const nlohmann::json& request) {
  for (const auto& [name, value] : request.at("environment").items()) {
    setenv(name.c_str(), value.get<std::string>().c_str(), 1);
  }
  Connect(request.at("streams").get<std::vector<std::string>>());
  std::vector<std::string> words = request.at("arguments");
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int code = elu_lab::RunCommandLine(static_cast<int>(words.size()), arguments.data());
  std::fflush(nullptr);
  std::_Exit(code);  // without the destructors of PyTorch's, which take longer than most command lines
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const pid_t child = fork();
    if (child == 0) Serve(nlohmann::json::parse(line));
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) return 1;
    std::cout << (WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status)) << std::endl;
  }
}
