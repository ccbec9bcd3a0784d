#include "api/described_json.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace orch::api {

void print_json(json_writer& out, const std::string& value) { out.string(value); }
void print_json(json_writer& out, const raw_json& value) { out.raw(value.text); }
void print_json(json_writer& out, bool value) { out.boolean(value); }
void print_json(json_writer& out, double value) { out.number(value); }

result<void> read_json(const boost::json::value& from, const json_path& path, std::string& into) {
    if (!from.is_string()) {
        return error{errc::invalid_argument, fmt::format("{} must be a string", path)};
    }
    into = from.get_string();
    return {};
}

result<void> read_json(const boost::json::value& from, const json_path& path, bool& into) {
    if (!from.is_bool()) {
        return error{errc::invalid_argument, fmt::format("{} must be true or false", path)};
    }
    into = from.get_bool();
    return {};
}

result<void> read_json(const boost::json::value& from, const json_path& path, std::int64_t& into) {
    boost::system::error_code failed;
    into = from.to_number<std::int64_t>(failed);
    return failed ? result<void>{error{errc::invalid_argument,
                                       fmt::format("{} must be a whole number", path)}}
                  : result<void>{};
}

result<void> read_json(const boost::json::value& from, const json_path& /*path*/, raw_json& into) {
    into.text = boost::json::serialize(from);
    return {};
}

result<boost::json::value> parse_body(const std::string& body) {
    boost::system::error_code failure;
    auto parsed = boost::json::parse(body, failure);
    if (failure) {
        return error{errc::invalid_argument,
                     fmt::format("the body is not JSON: {}", failure.message())};
    }
    return parsed;
}

} // namespace orch::api
