// The figure of elu plot in characters.
#ifndef ELU_CLI_PLOT_AS_TEXT_H_
#define ELU_CLI_PLOT_AS_TEXT_H_

#include <string>

#include "cli/plot/curves.h"

namespace elu::cli {

inline constexpr int kNarrowestText = 32;

// Lines of at most `width` columns, at least kNarrowestText: the functions and the derivatives, beside each other if
// there is room, then what each mark stands for. Where curves meet their marks take turns. With colour, as ANSI
// terminals show 256 of them.
std::string TextFigure(const Figure& figure, int width, bool colour);

}  // namespace elu::cli

#endif  // ELU_CLI_PLOT_AS_TEXT_H_
