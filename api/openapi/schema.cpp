#include "api/openapi/schema.hpp"

namespace orch::api {

void print_simple_schema(json_writer& out, std::string_view type) {
    out.begin_object().key("type").string(type).end_object();
}

} // namespace orch::api
