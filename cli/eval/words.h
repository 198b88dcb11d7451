// Numbers as people paste them: between spaces, commas, semicolons and brackets, with the minus of typesetting too.
#ifndef ELU_CLI_EVAL_WORDS_H_
#define ELU_CLI_EVAL_WORDS_H_

#include <cstddef>
#include <istream>
#include <string>

namespace elu::cli {

struct Word {
  std::string text;
  std::size_t line = 1, column = 1;  // of its first byte
};

class WordReader {
 public:
  // A word of `longest` bytes is given as far as it was read: a stream without spaces does not fill the memory.
  WordReader(std::istream& stream, std::size_t longest) : stream_(stream), longest_(longest) {}

  // False at the end of the stream.
  bool Next(Word& word);

  // Whether nothing but separators is left on this line, which is read up to its end.
  bool AtEndOfLine();

 private:
  int Take();

  std::istream& stream_;
  std::size_t longest_, line_ = 1, column_ = 1;
};

}  // namespace elu::cli

#endif  // ELU_CLI_EVAL_WORDS_H_
