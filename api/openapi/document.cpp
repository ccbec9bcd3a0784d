#include "api/openapi/document.hpp"

#include "api/openapi/operations.hpp"
#include "api/problem.hpp"
#include "core/ascii.hpp"
#include "core/json_writer.hpp"

#include <algorithm>
#include <vector>

namespace orch::api {

namespace {

char identifier_character(char c) noexcept {
    const char lower = ascii_lower(c);
    return (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9') ? lower : '_';
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), identifier_character);
    return out;
}

/// "get_api_projects__project__servers": stable as long as the route is.
std::string operation_id(const route& route) { return lower(route.method) + lower(route.pattern); }

void print_parameter(json_writer& out, std::string_view name, std::string_view place) {
    out.begin_object().key("name").string(name).key("in").string(place);
    out.key("required").boolean(place == "path").key("schema");
    print_simple_schema(out, "string");
    out.end_object();
}

void print_path_parameters(json_writer& out, std::string_view pattern) {
    for (auto open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{')) {
        pattern.remove_prefix(open + 1);
        print_parameter(out, pattern.substr(0, pattern.find('}')), "path");
    }
}

void print_query_parameters(json_writer& out, std::string_view names) {
    while (!names.empty()) {
        const auto end = std::min(names.find(' '), names.size());
        print_parameter(out, names.substr(0, end), "query");
        names.remove_prefix(std::min(end + 1, names.size()));
    }
}

void print_content(json_writer& out, std::string_view type, schema_printer schema) {
    out.key("content").begin_object().key(type).begin_object().key("schema");
    schema(out);
    out.end_object().end_object();
}

void print_answers(json_writer& out, const operation& what) {
    out.key("responses").begin_object();
    out.key(std::to_string(what.status)).begin_object().key("description").string(what.summary);
    print_content(out, what.content_type, what.answer);
    out.end_object();
    out.key("default").begin_object().key("description").string("Why not (RFC 9457)");
    print_content(out, "application/problem+json", [](json_writer& to) {
        to.begin_object().key("$ref").string("#/components/schemas/problem").end_object();
    });
    out.end_object().end_object();
}

void print_operation(json_writer& out, const route& route, const operation& what) {
    out.key(lower(route.method)).begin_object();
    out.key("operationId").string(operation_id(route));
    out.key("summary").string(what.summary);
    out.key("x-permission").string(to_string(route.needs));
    out.key("parameters").begin_array();
    print_path_parameters(out, route.pattern);
    print_query_parameters(out, what.query);
    out.end_array();
    if (what.body != nullptr) {
        out.key("requestBody").begin_object().key("required").boolean(true);
        print_content(out, "application/json", what.body);
        out.end_object();
    }
    if (route.needs == permission::open) {
        out.key("security").begin_array().end_array();
    }
    print_answers(out, what);
    out.end_object();
}

void print_paths(json_writer& out, std::span<const route> table) {
    std::vector<const route*> described;
    for (const auto& route : table) {
        if (operation_of(route.run) != nullptr) {
            described.push_back(&route);
        }
    }
    std::stable_sort(described.begin(), described.end(),
                     [](const auto* a, const auto* b) { return a->pattern < b->pattern; });
    out.key("paths").begin_object();
    for (std::size_t i = 0; i < described.size(); ++i) {
        if (i == 0 || described[i]->pattern != described[i - 1]->pattern) {
            out.key(described[i]->pattern).begin_object();
        }
        print_operation(out, *described[i], *operation_of(described[i]->run));
        if (i + 1 == described.size() || described[i]->pattern != described[i + 1]->pattern) {
            out.end_object();
        }
    }
    out.end_object();
}

/// What is the same for all: the ways to say who one is, and the form of a refusal.
constexpr std::string_view components =
    R"({"securitySchemes":{)"
    R"("bearer":{"type":"http","scheme":"bearer","description":"A project key, or the administrator token"},)"
    R"("cookie":{"type":"apiKey","in":"cookie","name":"mcp_orch_session","description":"A signed-in browser; behind TLS the name begins with __Host-"}},)"
    R"("schemas":{"problem":{"type":"object","properties":{"type":{"type":"string"},)"
    R"("title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"},)"
    R"("errors":{"type":"array","items":{"type":"object","properties":{"field":{"type":"string"},)"
    R"("detail":{"type":"string"}},"required":["field","detail"]}}},)"
    R"("required":["title","status","detail"]}}})";

} // namespace

std::string openapi_document(std::span<const route> table, std::string_view version) {
    std::string text;
    json_writer out(text);
    out.begin_object().key("openapi").string("3.1.0").key("info").begin_object();
    out.key("title").string("mcp-orch").key("version").string(version).end_object();
    out.key("security").raw(R"([{"bearer":[]},{"cookie":[]}])");
    print_paths(out, table);
    out.key("components").raw(components);
    out.end_object();
    return text;
}

void show_openapi(const context& context, const incoming_ptr& in) {
    in->exchange->respond(json_response(openapi_document(routes(), context.options.version)));
}

} // namespace orch::api
