// Signals that would end the program: as a wish to stop at the next good moment, or with a last file removed.
#ifndef ELU_PROGRAM_SIGNALS_H_
#define ELU_PROGRAM_SIGNALS_H_

#include <string>

namespace program {

// From now on the first SIGINT or SIGTERM is only noted; a second of the kind ends the program as usual.
void NoteInterrupts();

// The signal noted, or 0.
int Interrupted();

// While it lives, at most one at a time: SIGHUP, SIGINT and SIGTERM, unless they are ignored or noted, remove a file
// before they end the program, and a file size limit is an error of the write instead of SIGXFSZ.
class RemovalBySignals {
 public:
  RemovalBySignals();
  ~RemovalBySignals();
  RemovalBySignals(const RemovalBySignals&) = delete;
  RemovalBySignals& operator=(const RemovalBySignals&) = delete;

  // Which file; none at first.
  void Of(const std::string& file);
};

}  // namespace program

#endif  // ELU_PROGRAM_SIGNALS_H_
