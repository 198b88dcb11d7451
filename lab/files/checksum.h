// The checksum that a checkpoint carries, among its metadata.
#ifndef ELU_LAB_FILES_CHECKSUM_H_
#define ELU_LAB_FILES_CHECKSUM_H_

#include <map>
#include <string>
#include <string_view>

namespace elu_lab {

// It is the CRC-32 of zlib, PNG and gzip, in eight hexadecimal digits, of the whole file with zeros for these digits.
// In a file of up to 512 MiB it finds every change of one or two bits beside them, and any within 32 neighbouring bits;
// of other damages one in 2^32 escapes. It is no guard against forgery, as nothing is that stands in the file itself.
//   source: a CRC finds bursts up to its degree, two bits up to the order of x modulo its polynomial, 2^32 - 1 bits

// The metadata and what marks a file that has a checksum: "form", and "checksum" with zeros for digits. Two entries, so
// that a damaged name of one is missed by the other.
std::map<std::string, std::string> WithBlankChecksum(std::map<std::string, std::string> metadata);

// Fills in the digits of a file that has been made with these metadata.
void FillChecksum(std::string& file);

// True for a file that has a checksum, which is right; false for one that has none, of Python say. Takes the entries
// out of the metadata. Throws std::runtime_error where file and checksum do not fit.
bool TakeChecksum(std::string_view file, std::map<std::string, std::string>& metadata);

}  // namespace elu_lab

#endif  // ELU_LAB_FILES_CHECKSUM_H_
