#include "actors/sealed_values.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/format.h>

namespace orch::actors {

namespace {

namespace json = boost::json;

std::string context_of(const sealed_place& place) {
    return fmt::format("projects/{}/servers/{}/{}", place.project.to_string(),
                       place.server.to_string(), place.what);
}

/// Values that were sealed before the project was part of their place still open.
std::string former_context_of(const sealed_place& place) {
    return fmt::format("servers/{}/{}", place.server.to_string(), place.what);
}

} // namespace

std::string seal_values(const crypto::secret_box& box, const sealed_place& place,
                        const model::name_value_list& values) {
    json::array pairs;
    for (const auto& [name, value] : values) {
        pairs.push_back(json::array{name, value});
    }
    return box.seal(json::serialize(pairs), context_of(place));
}

result<model::name_value_list> open_values(const crypto::secret_box& box, const sealed_place& place,
                                           std::string_view sealed) {
    auto plain = box.open_sealed(sealed, context_of(place));
    if (!plain && plain.error().code == errc::invalid_argument) {
        plain = box.open_sealed(sealed, former_context_of(place));
    }
    if (!plain) {
        return plain.error();
    }
    boost::system::error_code failure;
    const auto pairs = json::parse(*plain, failure);
    if (failure || !pairs.is_array()) {
        return error{errc::internal, fmt::format("sealed {} of a server hold no list", place.what)};
    }
    model::name_value_list values;
    for (const auto& pair : pairs.get_array()) {
        if (!pair.is_array() || pair.get_array().size() != 2 || !pair.get_array()[0].is_string() ||
            !pair.get_array()[1].is_string()) {
            return error{errc::internal,
                         fmt::format("sealed {} of a server hold no pairs", place.what)};
        }
        values.emplace_back(pair.get_array()[0].get_string(), pair.get_array()[1].get_string());
    }
    return values;
}

} // namespace orch::actors
