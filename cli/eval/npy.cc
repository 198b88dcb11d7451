#include "cli/eval/npy.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <span>
#include <stdexcept>
#include <utility>

namespace elu::cli {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kLongest = 1 << 16;

// Of a file that goes without saying.
class Fault : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

[[noreturn]] void Refuse(const std::string& why) { throw Fault(why); }

// a * b, if a file can be that long.
std::uint64_t Times(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();
  if (b != 0 && a > kMost / b) Refuse("its shape is larger than any file");
  return a * b;
}

// The text of a header from left to right. Each function takes what it is named after, and the space after it.
class HeaderText {
 public:
  explicit HeaderText(std::string_view text) : left_(text) { Space(); }

  bool Take(std::string_view word) {
    if (!left_.starts_with(word)) return false;
    left_.remove_prefix(word.size());
    Space();
    return true;
  }

  void Need(std::string_view word, const char* where) {
    if (!Take(word)) Refuse(std::string("its header is damaged: no '") + std::string(word) + "' " + where);
  }

  std::string Quoted(const char* what) {
    const char quote = left_.empty() ? '\0' : left_.front();
    const std::size_t end = quote == '\'' || quote == '"' ? left_.find(quote, 1) : left_.npos;
    if (end == left_.npos) Refuse(std::string("its header is damaged: ") + what + " is no text");
    const std::string text(left_.substr(1, end - 1));
    if (text.find('\\') != text.npos) Refuse(std::string("its header is damaged: ") + what + " has a backslash");
    left_.remove_prefix(end + 1);
    Space();
    return text;
  }

  // Without sign; "L" may follow, as Python 2 wrote it.
  std::uint64_t Number() {
    const std::size_t digits = std::min(left_.find_first_not_of("0123456789"), left_.size());
    if (digits == 0) Refuse("its header is damaged: the shape holds something else than numbers");
    std::uint64_t number = 0;
    for (const char digit : left_.substr(0, digits)) {
      number = Times(number, 10) + static_cast<std::uint64_t>(digit - '0');
    }
    left_.remove_prefix(digits);
    Take("L");
    return Times(number, 1);
  }

  bool AtEnd() const { return left_.empty(); }
  bool Starts(char c) const { return left_.starts_with(c); }

 private:
  void Space() { left_.remove_prefix(std::min(left_.find_first_not_of(" \t\n"), left_.size())); }

  std::string_view left_;
};

// The product of "(3, 4)", "(3,)" or "()". That of the numbers other than 0 must do for a file too.
std::uint64_t TakeShape(HeaderText& text) {
  text.Need("(", "before the shape");
  std::uint64_t product = 1;
  bool empty = false, comma = true;
  std::size_t dimensions = 0;
  for (; comma && !text.Starts(')'); ++dimensions) {
    const std::uint64_t length = text.Number();
    empty = empty || length == 0;
    product = Times(product, length == 0 ? 1 : length);
    comma = text.Take(",");
  }
  text.Need(")", "after the shape");
  if (dimensions == 1 && !comma) Refuse("its header is damaged: the shape is no tuple");
  return empty ? 0 : product;
}

std::string TakeDescr(HeaderText& text) {
  if (text.Starts('[')) Refuse("it holds a structured type; elu takes arrays of plain numbers");
  return text.Quoted("'descr'");
}

bool TakeBool(HeaderText& text) {
  if (text.Take("True")) return true;
  text.Need("False", "or 'True' for 'fortran_order'");
  return false;
}

// Bytes of a number of a type: "<f4" has 4.
std::uint64_t Width(const std::string& descr) {
  const bool plain = descr.size() >= 3 && descr.size() <= 6 && std::string_view("<>|=").find(descr[0]) != descr.npos;
  if (!plain || descr.find_first_not_of("0123456789", 2) != descr.npos) return 0;
  return std::stoul(descr.substr(2));
}

// Magic, version and length of the text, then the text.
std::string ReadBytes(const ArrayInput& file) {
  std::string bytes(12, '\0');
  const auto read = [&](std::size_t begin, std::size_t size) {
    return file.Read(std::as_writable_bytes(std::span(bytes).subspan(begin, size)), begin);
  };
  const auto need = [&](std::size_t begin, std::size_t size) {
    if (read(begin, size) < size) Refuse("it ends within its header");
  };
  if (read(0, kMagic.size()) == 0) Refuse("it is empty");
  if (bytes.starts_with("PK")) Refuse("it is an archive, .npz: unpack it with unzip");
  if (!bytes.starts_with(kMagic)) Refuse("it is no .npy file");
  need(kMagic.size(), 10 - kMagic.size());
  const auto byte = [&bytes](std::size_t at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(bytes[at]));
  };
  const std::size_t version = byte(6);
  if (version < 1 || version > 3 || byte(7) != 0) Refuse("its .npy version is unknown");
  std::size_t length = byte(8) | byte(9) << 8, head = 10;
  if (version > 1) {
    need(10, 2);
    length |= byte(10) << 16 | byte(11) << 24;
    head = 12;
  }
  if (length > kLongest) Refuse("its header is longer than 64 KiB");
  bytes.resize(head + length);
  need(head, length);
  return bytes;
}

// "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }", its keys in any order.
NpyHeader Parse(std::string_view bytes) {
  constexpr std::string_view kKeys[] = {"descr", "fortran_order", "shape"};
  HeaderText text(bytes);
  NpyHeader header = {};
  std::array<bool, std::size(kKeys)> seen = {};
  text.Need("{", "at its beginning");
  for (bool comma = true; comma && !text.Starts('}'); comma = text.Take(",")) {
    const std::string name = text.Quoted("a key");
    const auto key = static_cast<std::size_t>(std::ranges::find(kKeys, name) - std::begin(kKeys));
    if (key == std::size(kKeys)) Refuse("its header is damaged: an unknown key");
    if (std::exchange(seen[key], true)) Refuse("its header is damaged: a key stands there twice");
    text.Need(":", "after a key");
    if (key == 0) header.descr = TakeDescr(text);
    if (key == 1) TakeBool(text);
    if (key == 2) header.count = TakeShape(text);
  }
  text.Need("}", "at its end");
  if (!text.AtEnd()) Refuse("its header is damaged: something follows it");
  if (std::ranges::count(seen, true) != std::ssize(seen)) Refuse("its header lacks descr, fortran_order or shape");
  header.size = Times(header.count, Width(header.descr));
  return header;
}

}  // namespace

NpyHeader ReadNpyHeader(const ArrayInput& file) try {
  std::string bytes = ReadBytes(file);
  NpyHeader header = Parse(std::string_view(bytes).substr(bytes[6] == 1 ? 10 : 12));
  header.bytes = std::move(bytes);
  return header;
} catch (const Fault& fault) {
  throw std::runtime_error(file.name() + ": " + fault.what());
}

}  // namespace elu::cli
