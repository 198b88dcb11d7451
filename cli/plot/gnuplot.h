// Figures, drawn by gnuplot.
#ifndef ELU_CLI_PLOT_GNUPLOT_H_
#define ELU_CLI_PLOT_GNUPLOT_H_

#include <filesystem>
#include <string>

namespace elu::cli {

// Runs a script of plot commands and keeps its figure as `output`, an .svg or .png file that `option` has named. What
// stood there stays unless the figure is complete. Throws WrongUse or std::runtime_error.
void Draw(const std::string& script, const char* option, const std::filesystem::path& output);

// The same as SVG on standard output, whole or not at all.
void DrawToStandardOutput(const std::string& script);

}  // namespace elu::cli

#endif  // ELU_CLI_PLOT_GNUPLOT_H_
