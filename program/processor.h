// The machine that a program runs on.
#ifndef ELU_PROGRAM_PROCESSOR_H_
#define ELU_PROGRAM_PROCESSOR_H_

#include <optional>
#include <string>

namespace program {

// The first processor's name as Linux tells it; nothing where it does not.
std::optional<std::string> ProcessorName();

// The machine's name in its network; "" where the system does not tell.
std::string HostName();

}  // namespace program

#endif  // ELU_PROGRAM_PROCESSOR_H_
