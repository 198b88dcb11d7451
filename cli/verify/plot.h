// elu verify --plot: the error of forward against x.
#ifndef ELU_CLI_VERIFY_PLOT_H_
#define ELU_CLI_VERIFY_PLOT_H_

#include <filesystem>

#include "elu/types.hpp"

namespace elu::cli {

// Draws the largest error in ulp of forward for floats, in narrow ranges of x < 0: accurate, fast, and exp(x) - 1 as
// others compute it.
void PlotErrors(const Params& params, const std::filesystem::path& output);

}  // namespace elu::cli

#endif  // ELU_CLI_VERIFY_PLOT_H_
