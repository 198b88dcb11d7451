// The rows of elu table on standard output.
#ifndef ELU_CLI_TEXTBOOK_PRINT_H_
#define ELU_CLI_TEXTBOOK_PRINT_H_

#include <vector>

#include "cli/textbook/row.h"
#include "cli/textbook/rows.h"

namespace elu::cli {

// For 80 columns or more, up to 120 as the terminal has them; in colour where that is wanted.
void PrintTable(const std::vector<Row>& rows, const Subjects& subjects);

// An object with the same facts.
void PrintJson(const std::vector<Row>& rows, const Subjects& subjects);

}  // namespace elu::cli

#endif  // ELU_CLI_TEXTBOOK_PRINT_H_
