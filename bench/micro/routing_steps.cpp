#include "bench/micro/samples.hpp"
#include "bench/micro/step.hpp"
#include "core/json_writer.hpp"
#include "mcp/json_rpc.hpp"
#include "mcp/older_content.hpp"
#include "mcp/request_params.hpp"
#include "mcp/tool_name.hpp"
#include "net/event_stream.hpp"

#include <array>

namespace orch::bench {

namespace {

/// As many as a busy project has; the name is looked for among all of them.
std::vector<std::string> server_names() {
    std::vector<std::string> names{"files"};
    for (int i = 0; i < 19; ++i) {
        names.push_back("server_" + std::to_string(i));
    }
    return names;
}

// Each message comes in a buffer of its own, as it does from the network: what parsing reserves
// behind it is part of the price.

std::size_t validate(const std::string& call) {
    std::string body = call;
    const auto parts = mcp::parse_client_message(body);
    return parts ? parts->params.size : 0;
}

std::size_t to_server(const std::string& call, const std::vector<std::string>& servers) {
    std::string body = call;
    const auto parts = mcp::parse_client_message(body);
    if (!parts) {
        return 0;
    }
    const auto params = mcp::parse_request_params(body, *parts, mcp::request_target::tool);
    const auto routed = params ? mcp::route_tool_name(params->named, servers) : std::nullopt;
    if (!routed) {
        return 0;
    }
    const std::string id = "1234567";
    std::string name;
    append_json_string(name, routed->tool);
    const std::array<mcp::splice, 3> edits{
        {{parts->id, id}, {params->name, name}, {params->progress_token, id}}};
    return mcp::splice_line(body, edits).size();
}

std::size_t to_client(const std::string& answer, mcp::revision client) {
    std::string line = answer;
    const auto parts = mcp::parse_server_line(line);
    if (!parts) {
        return 0;
    }
    const auto outcome = mcp::read_call_outcome(line, *parts);
    if (outcome.is_error || !mcp::older_content(line, parts->result, client).empty()) {
        return 0;
    }
    const std::string_view text = line;
    const auto frame = net::message_frame(text.substr(0, parts->id.offset), "17",
                                          text.substr(parts->id.offset + parts->id.size));
    return frame->size();
}

step_kind answer_to(std::string name, mcp::revision client) {
    return {
        std::move(name), {usual_call_bytes, 4'096, 65'536}, [client](std::size_t bytes) -> step {
            return [answer = sample_answer(bytes), client] {
                return to_client(answer, client);
            };
        }};
}

} // namespace

std::vector<step_kind> routing_steps() {
    return {{"validate_call",
             {usual_call_bytes, 4'096, 65'536},
             [](std::size_t bytes) -> step {
                 return [call = sample_call(bytes)] {
                     return validate(call);
                 };
             }},
            {"route_call",
             {usual_call_bytes, 4'096, 65'536},
             [](std::size_t bytes) -> step {
                 return [call = sample_call(bytes), servers = server_names()] {
                     return to_server(call, servers);
                 };
             }},
            answer_to("route_answer", mcp::latest_revision),
            answer_to("route_answer_2024", mcp::revision::v2024_11_05)};
}

} // namespace orch::bench
