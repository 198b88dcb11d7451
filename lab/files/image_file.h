// One PNG or JPEG file as an image of 32x32.
#ifndef ELU_LAB_FILES_IMAGE_FILE_H_
#define ELU_LAB_FILES_IMAGE_FILE_H_

#include <array>
#include <cstdint>
#include <filesystem>

namespace elu_lab {

constexpr int kImageSide = 32;

// 1024 red bytes, 1024 green, 1024 blue; rows from the top.
using Pixels = std::array<uint8_t, 3 * kImageSide * kImageSide>;

// Decodes to 8-bit RGB, a transparent part on white, and stretches to 32x32 (Mitchell's filter down, Catmull and Rom's
// up; an image that has this size keeps its bytes). Throws std::runtime_error with the reason alone: no regular file,
// above 64 MiB, neither PNG nor JPEG, damaged or cut off, a side above 16,384 or more than 50 million pixels. The size
// is looked at before there is memory for the pixels.
Pixels ReadImageFile(const std::filesystem::path& file);

}  // namespace elu_lab

#endif  // ELU_LAB_FILES_IMAGE_FILE_H_
