// Ctrl-C and SIGTERM as a wish to stop at the next good moment.
#ifndef ELU_PROGRAM_SIGNALS_H_
#define ELU_PROGRAM_SIGNALS_H_

namespace program {

// From now on the first SIGINT or SIGTERM is only noted; a second of the kind ends the program as usual.
void NoteInterrupts();

// The signal noted, or 0.
int Interrupted();

}  // namespace program

#endif  // ELU_PROGRAM_SIGNALS_H_
