// The checksums of a PNG file's chunks: the reader would refuse nearly every changed file for them.
#ifndef ELU_TESTS_FUZZ_PNG_CHECKSUMS_H_
#define ELU_TESTS_FUZZ_PNG_CHECKSUMS_H_

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tests/fuzz/fuzzing.h"

namespace elu::fuzz {

// The bytes, where they are a PNG file's with the right checksums.
inline std::vector<std::uint8_t> WithPngChecksums(Bytes input) {
  constexpr std::size_t kSignature = 8, kWord = 4;
  std::vector<std::uint8_t> bytes(input.begin(), input.end());
  if (bytes.size() < kSignature || bytes[0] != 0x89) return bytes;
  // A chunk: the length of its data, its type, its data, the checksum of both.
  for (std::size_t at = kSignature; bytes.size() - at >= 3 * kWord;) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < kWord; ++i) length = length << 8 | bytes[at + i];
    if (length > bytes.size() - at - 3 * kWord) break;
    const auto checksum = crc32(0, &bytes[at + kWord], static_cast<uInt>(kWord + length));
    at += 2 * kWord + length;
    for (int shift = 24; shift >= 0; shift -= 8) bytes[at++] = static_cast<std::uint8_t>(checksum >> shift);
  }
  return bytes;
}

}  // namespace elu::fuzz

#endif  // ELU_TESTS_FUZZ_PNG_CHECKSUMS_H_
