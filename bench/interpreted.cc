#include "contestants.h"
namespace bench { void AddInterpreted(std::vector<Contestant>*) {} }
