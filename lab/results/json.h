// Results as JSON and back, by their lists of fields. What is not finite is written as null.
#ifndef ELU_LAB_RESULTS_JSON_H_
#define ELU_LAB_RESULTS_JSON_H_

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <vector>

#include "lab/results/fields.h"

namespace elu_lab {

using Json = nlohmann::ordered_json;

// `more`: what else the fields of the elements of a list need.
template <class T, class... More>
Json ToJson(const T& value, const More&... more);

// Throws std::exception where a part is missing or of another kind.
template <class T, class... More>
void FromJson(const Json& json, T& value, const More&... more);

// {claim: {name: number}}
Json ToJson(const std::vector<ClaimThresholds>& thresholds);
void FromJson(const Json& json, std::vector<ClaimThresholds>& thresholds);

class JsonWriter {
 public:
  void Form(int form) { json_["form"] = form; }

  template <class T, class... More>
  JsonWriter& operator()(const char* name, const T& value, const More&... more) {
    json_[name] = ToJson(value, more...);
    return *this;
  }

  template <class T, class... More>
  JsonWriter& OrNull(const char* name, const T& value, const More&... more) {
    return (*this)(name, value, more...);
  }

  template <class T>
  JsonWriter& IfAny(const char* name, const T& value) {
    if constexpr (requires { value.has_value(); }) {
      return value.has_value() ? (*this)(name, *value) : *this;
    } else {
      return value.empty() ? *this : (*this)(name, value);
    }
  }

  template <class Function>
  void Object(const char* name, const Function& fields) {
    JsonWriter inner;
    fields(inner);
    json_[name] = std::move(inner).Result();
  }

  Json Result() && { return std::move(json_); }

 private:
  Json json_ = Json::object();
};

class JsonReader {
 public:
  explicit JsonReader(const Json& json) : json_(json) {}

  void Form(int form) {
    if (json_.at("form") != form) throw std::out_of_range("another form");
  }

  template <class T, class... More>
  JsonReader& operator()(const char* name, T& value, const More&... more) {
    FromJson(json_.at(name), value, more...);
    return *this;
  }

  template <class T, class... More>
  JsonReader& OrNull(const char* name, T& value, const More&... more) {
    if (const auto found = json_.find(name); found != json_.end() && !found->is_null()) {
      FromJson(*found, value, more...);
    } else if constexpr (std::same_as<T, double> || std::same_as<T, Whole>) {
      value = std::numeric_limits<double>::quiet_NaN();
    } else {
      value = {};
    }
    return *this;
  }

  template <class T>
  JsonReader& IfAny(const char* name, T& value) {
    if constexpr (requires { value.has_value(); }) {
      value.reset();
      return json_.contains(name) ? OrNull(name, value.emplace()) : *this;
    } else {
      return OrNull(name, value);
    }
  }

  template <class Function>
  void Object(const char* name, const Function& fields) {
    if (const auto found = json_.find(name); found != json_.end()) {
      JsonReader inner(*found);
      fields(inner);
    }
  }

 private:
  const Json& json_;
};

template <class T, class Io, class... More>
concept HasFields = requires(Io& io, T& value, const More&... more) {
  Fields(io, value, more...);
};

template <class T, class... More>
Json ToJson(const T& value, const More&... more) {
  if constexpr (HasFields<const T, JsonWriter, More...>) {
    JsonWriter writer;
    Fields(writer, value, more...);
    return std::move(writer).Result();
  } else if constexpr (std::same_as<T, double>) {
    return std::isfinite(value) ? Json(value) : Json();
  } else if constexpr (std::same_as<T, Whole>) {
    return std::isfinite(value.number) ? Json(static_cast<int64_t>(value.number)) : Json();
  } else if constexpr (requires { typename T::allocator_type; } && !std::same_as<T, std::string>) {
    Json list = Json::array();
    for (const auto& element : value) list.push_back(ToJson(element, more...));
    return list;
  } else {
    return value;
  }
}

template <class T, class... More>
void FromJson(const Json& json, T& value, const More&... more) {
  if constexpr (HasFields<T, JsonReader, More...>) {
    JsonReader reader(json);
    Fields(reader, value, more...);
  } else if constexpr (std::same_as<T, Whole>) {
    value = json.get<double>();
  } else if constexpr (std::same_as<T, std::vector<double>>) {
    value.clear();
    for (const Json& number : json) {
      value.push_back(number.is_null() ? std::numeric_limits<double>::quiet_NaN() : number.get<double>());
    }
  } else if constexpr (requires { requires HasFields<typename T::value_type, JsonReader, More...>; }) {
    value.clear();
    for (const Json& element : json) FromJson(element, value.emplace_back(), more...);
  } else {
    json.get_to(value);
  }
}

}  // namespace elu_lab

#endif  // ELU_LAB_RESULTS_JSON_H_
