#include "program/signals.h"

#include <csignal>

namespace program {
namespace {

volatile std::sig_atomic_t noted = 0;

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

}  // namespace program
