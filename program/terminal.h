// What standard output is.
#ifndef ELU_PROGRAM_TERMINAL_H_
#define ELU_PROGRAM_TERMINAL_H_

namespace program {

// Columns of the terminal, else of the environment's COLUMNS, else 80.
int TerminalWidth();

// Whether to colour what goes there: a terminal that can, and no NO_COLOR in the environment (no-color.org).
bool WantsColour();

}  // namespace program

#endif  // ELU_PROGRAM_TERMINAL_H_
