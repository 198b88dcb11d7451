// What a terminal shows.
#ifndef ELU_PROGRAM_TERMINAL_H_
#define ELU_PROGRAM_TERMINAL_H_

namespace program {

// Columns of the terminal that a descriptor is open on, else of the environment's COLUMNS, else 80.
int TerminalWidth(int descriptor);

// Whether to colour what goes to standard output: a terminal that can, and no NO_COLOR in the environment
// (no-color.org).
bool WantsColour();

}  // namespace program

#endif  // ELU_PROGRAM_TERMINAL_H_
