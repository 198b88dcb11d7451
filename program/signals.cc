#include "program/signals.h"

#include <unistd.h>

#include <csignal>
#include <iterator>

namespace program {
namespace {

volatile std::sig_atomic_t noted = 0;

constexpr int kEnding[] = {SIGHUP, SIGINT, SIGTERM};
bool caught[std::size(kEnding)];
void (*before_size_limit)(int);
std::string last_file;  // what a signal removes

void RemoveAndEnd(int signal) {
  unlink(last_file.c_str());
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

bool EndsTheProgram(int signal) {
  struct sigaction now {};
  sigaction(signal, nullptr, &now);
  return now.sa_handler == SIG_DFL;
}

}  // namespace

void NoteInterrupts() {
  struct sigaction action {};
  action.sa_handler = [](int signal) { noted = signal; };
  action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

int Interrupted() { return noted; }

RemovalBySignals::RemovalBySignals() {
  last_file.clear();
  for (std::size_t i = 0; i < std::size(kEnding); ++i) {
    caught[i] = EndsTheProgram(kEnding[i]);
    if (caught[i]) std::signal(kEnding[i], RemoveAndEnd);
  }
  before_size_limit = std::signal(SIGXFSZ, SIG_IGN);
}

RemovalBySignals::~RemovalBySignals() {
  for (std::size_t i = 0; i < std::size(kEnding); ++i) {
    if (caught[i]) std::signal(kEnding[i], SIG_DFL);
  }
  std::signal(SIGXFSZ, before_size_limit);
}

void RemovalBySignals::Of(const std::string& file) { last_file = file; }

}  // namespace program
