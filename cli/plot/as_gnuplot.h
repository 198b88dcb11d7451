// The figure of elu plot for gnuplot.
#ifndef ELU_CLI_PLOT_AS_GNUPLOT_H_
#define ELU_CLI_PLOT_AS_GNUPLOT_H_

#include <string>

#include "cli/plot/curves.h"

namespace elu::cli {

// Commands that draw the functions on the left, the derivatives on the right.
std::string GnuplotScript(const Figure& figure);

}  // namespace elu::cli

#endif  // ELU_CLI_PLOT_AS_GNUPLOT_H_
