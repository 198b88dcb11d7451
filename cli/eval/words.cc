#include "cli/eval/words.h"

#include <cstring>

namespace elu::cli {
namespace {

constexpr int kEnd = std::char_traits<char>::eof();
constexpr const char* kMinus = "\xe2\x88\x92";  // U+2212 in UTF-8

bool Separates(int c) { return c != '\0' && std::strchr(" \t\r\n\v\f,;[](){}", c) != nullptr; }

void WithAsciiMinus(std::string& text) {
  for (std::size_t at = 0; (at = text.find(kMinus, at)) != std::string::npos;) text.replace(at, 3, "-");
}

}  // namespace

int WordReader::Take() {
  const int c = stream_.get();
  ++column_;
  if (c == '\n') ++line_, column_ = 1;
  return c;
}

bool WordReader::Next(Word& word) {
  while (stream_.peek() != kEnd && Separates(stream_.peek())) Take();
  word = {"", line_, column_};
  while (word.text.size() < longest_ && stream_.peek() != kEnd && !Separates(stream_.peek())) {
    word.text += static_cast<char>(Take());
  }
  WithAsciiMinus(word.text);
  return !word.text.empty();
}

bool WordReader::AtEndOfLine() {
  while (stream_.peek() != '\n' && stream_.peek() != kEnd && Separates(stream_.peek())) Take();
  return stream_.peek() == '\n';
}

}  // namespace elu::cli
