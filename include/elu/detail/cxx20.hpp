// Stops a compilation as another C++ than elu's headers are written in. No part of elu's contract.
#if defined(_MSVC_LANG) ? _MSVC_LANG < 202002L : __cplusplus < 201709L  // what GCC 10 says of C++20
#error elu.hpp needs C++20: -std=c++20, in CMake set(CMAKE_CXX_STANDARD 20). elu.h serves C++17 and C99.
#endif
