// Shipped results as figures and words of a row.
#ifndef ELU_CLI_TEXTBOOK_SHIPPED_H_
#define ELU_CLI_TEXTBOOK_SHIPPED_H_

#include <string>
#include <string_view>

#include "cli/textbook/row.h"
#include "cli/textbook/shipped_results.h"

namespace elu::cli {

// One number: "71.4" and the unit. The label gets the mark of what is shipped.
Fact ShippedFact(const std::string& label, const Shipped<1>& result, std::string_view unit = "",
                 const Columns& columns = kActivations);

// A number for each epoch: "2.01, 1.26, 0.94"; where the two results differ, from the one to the other: "34-101, 0, 0".
Fact ShippedByEpoch(const std::string& label, const Shipped<3>& result);
Fact ShippedByEpoch(const std::string& label, const Shipped<3>& least, const Shipped<3>& most);

// For JSON and the test alone: the table has it in the verdict.
Fact Unlabelled(const Shipped<3>& result);
Fact Unlabelled(const Advantage& advantage);

// True here, not so here or not decided.
const char* VerdictOn(const Advantage& advantage);
// Of two, which must agree: else nothing is decided.
const char* VerdictOn(const Advantage& first, const Advantage& second);

// "1.51 +- 0.17", without the sign: the sentence says whether it is an advantage, and the test that it says so rightly.
std::string SizeOf(const Advantage& advantage);

}  // namespace elu::cli

#endif  // ELU_CLI_TEXTBOOK_SHIPPED_H_
