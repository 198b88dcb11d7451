#include "lab/files/checksum.h"

#include <zlib.h>

#include <stdexcept>

#include "program/text.h"

namespace elu_lab {
namespace {

constexpr const char *kForm = "form", *kChecksum = "checksum", *kThisForm = "1", *kBlank = "00000000";
constexpr size_t kDigits = 8;

// Where the digits stand in the header; npos: nowhere. Within a text these quotation marks would have backslashes.
size_t PlaceOf(const std::string& digits, std::string_view file) {
  const std::string before = std::string("\"") + kChecksum + "\":\"";
  const size_t at = file.find(before + digits + "\"");
  return at == std::string_view::npos ? at : at + before.size();
}

uLong Crc(std::string_view bytes, uLong crc) {
  return crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
}

// Of the file, with zeros for the digits at this place.
std::string ChecksumOf(std::string_view file, size_t place) {
  const uLong crc = Crc(file.substr(place + kDigits), Crc(kBlank, Crc(file.substr(0, place), 0)));
  return program::Format("%08x", static_cast<unsigned>(crc));
}

}  // namespace

std::map<std::string, std::string> WithBlankChecksum(std::map<std::string, std::string> metadata) {
  metadata[kForm] = kThisForm;
  metadata[kChecksum] = kBlank;
  return metadata;
}

void FillChecksum(std::string& file) {
  const size_t place = PlaceOf(kBlank, file);
  file.replace(place, kDigits, ChecksumOf(file, place));
}

bool TakeChecksum(std::string_view file, std::map<std::string, std::string>& metadata) {
  const bool has_form = metadata.contains(kForm), has_checksum = metadata.contains(kChecksum);
  if (!has_form && !has_checksum) return false;
  if (!has_checksum) throw std::runtime_error("is damaged: its metadata have a form, but no checksum");
  const std::string digits = metadata[kChecksum];
  const size_t place = digits.size() == kDigits ? PlaceOf(digits, file) : std::string_view::npos;
  if (place == std::string_view::npos || ChecksumOf(file, place) != digits) {
    throw std::runtime_error("is damaged: its bytes are not those that its checksum was taken of");
  }
  if (metadata[kForm] != kThisForm) throw std::runtime_error("is of another version of elu-lab");
  metadata.erase(kForm);
  metadata.erase(kChecksum);
  return true;
}

}  // namespace elu_lab
