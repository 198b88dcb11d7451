// Which of the compiled targets this processor, and its operating system, can run.
#ifndef ELU_SRC_CPU_PROCESSOR_H_
#define ELU_SRC_CPU_PROCESSOR_H_

namespace elu::cpu {

// As bits of Highway's; the one that the compiler takes for granted is always among them. Slow on virtual machines.
long long RunnableTargets();

}  // namespace elu::cpu

#endif  // ELU_SRC_CPU_PROCESSOR_H_
