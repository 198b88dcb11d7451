#include "lab/files/image_file.h"

#include <png.h>
#include <stb/stb_image_resize.h>
#include <turbojpeg.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace elu_lab {
namespace {

using Bytes = std::vector<uint8_t>;

constexpr uintmax_t kMaxFileBytes = uintmax_t{64} << 20;
constexpr int64_t kMaxSide = 16'384, kMaxPixels = 50'000'000;

struct Rgb {
  int width, height;
  Bytes bytes;  // red, green, blue of a pixel side by side
};

Bytes ReadAll(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) throw std::runtime_error("is no file");
  const uintmax_t size = std::filesystem::file_size(file, error);
  if (error) throw std::runtime_error(error.message());
  if (size > kMaxFileBytes) throw std::runtime_error("has more than 64 MiB");
  Bytes bytes(size);
  std::ifstream in(file, std::ios::binary);
  if (!in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size))) {
    throw std::runtime_error("cannot be read");
  }
  return bytes;
}

Rgb Blank(int64_t width, int64_t height) {
  if (width < 1 || height < 1 || width > kMaxSide || height > kMaxSide || width * height > kMaxPixels) {
    throw std::runtime_error("measures " + std::to_string(width) + "x" + std::to_string(height) +
                             ", above 16,384 a side or 50 million pixels");
  }
  return {static_cast<int>(width), static_cast<int>(height), Bytes(static_cast<size_t>(3 * width * height))};
}

Rgb DecodePng(const Bytes& bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  const std::unique_ptr<png_image, decltype(&png_image_free)> release(&image, png_image_free);
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) {
    throw std::runtime_error(std::string("cannot be decoded as PNG: ") + image.message);
  }
  Rgb rgb = Blank(image.width, image.height);
  image.format = PNG_FORMAT_RGB;
  const png_color white = {255, 255, 255};
  if (png_image_finish_read(&image, &white, rgb.bytes.data(), 0, nullptr) == 0) {
    throw std::runtime_error(std::string("cannot be decoded as PNG: ") + image.message);
  }
  return rgb;
}

Rgb DecodeJpeg(const Bytes& bytes) {
  const std::unique_ptr<void, decltype(&tjDestroy)> decoder(tjInitDecompress(), tjDestroy);
  if (decoder == nullptr) throw std::runtime_error("no memory for the decoder");
  const auto fail = [&decoder] {
    throw std::runtime_error(std::string("cannot be decoded as JPEG: ") + tjGetErrorStr2(decoder.get()));
  };
  int width = 0, height = 0, subsampling = 0, colours = 0;
  const auto size = static_cast<unsigned long>(bytes.size());
  if (tjDecompressHeader3(decoder.get(), bytes.data(), size, &width, &height, &subsampling, &colours) != 0) fail();
  Rgb rgb = Blank(width, height);
  // Without the first flag a file cut off gives a picture that is grey below; the second bounds the time.
  const int flags = TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS;
  uint8_t* const out = rgb.bytes.data();
  if (tjDecompress2(decoder.get(), bytes.data(), size, out, width, 0, height, TJPF_RGB, flags) != 0) fail();
  return rgb;
}

Rgb Decode(const Bytes& bytes) {
  constexpr uint8_t kPng[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}, kJpeg[] = {0xff, 0xd8, 0xff};
  const auto starts_with = [&bytes](const auto& magic) {
    return bytes.size() >= std::size(magic) && std::equal(std::begin(magic), std::end(magic), bytes.begin());
  };
  if (starts_with(kPng)) return DecodePng(bytes);
  if (starts_with(kJpeg)) return DecodeJpeg(bytes);
  throw std::runtime_error("is neither PNG nor JPEG");
}

}  // namespace

Pixels ReadImageFile(const std::filesystem::path& file) {
  Rgb rgb = Decode(ReadAll(file));
  // The filters would blur an image that is not to be scaled.
  if (rgb.width != kImageSide || rgb.height != kImageSide) {
    constexpr int kSide = kImageSide;
    Bytes scaled(std::tuple_size_v<Pixels>);
    if (stbir_resize_uint8(rgb.bytes.data(), rgb.width, rgb.height, 0, scaled.data(), kSide, kSide, 0, 3) == 0) {
      throw std::runtime_error("no memory to scale it");
    }
    rgb.bytes = std::move(scaled);
  }
  Pixels planes;
  constexpr size_t kPlane = planes.size() / 3;
  for (size_t i = 0; i < planes.size(); ++i) planes[i] = rgb.bytes[i % kPlane * 3 + i / kPlane];
  return planes;
}

}  // namespace elu_lab
