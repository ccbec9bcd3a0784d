#include "mcp/json_rpc.hpp"

#include "core/json_writer.hpp"
#include "mcp/json_text.hpp"

#include <fmt/format.h>

#include <cassert>
#include <stdexcept>

namespace orch::mcp {

namespace {

constexpr std::string_view version_member = R"({"jsonrpc":"2.0")";

void append_member(std::string& out, std::string_view key, std::string_view raw) {
    if (!raw.empty()) {
        out.append(",\"").append(key).append("\":").append(raw);
    }
}

std::string make_call(std::string_view raw_id, std::string_view method,
                      std::string_view raw_params) {
    std::string out;
    out.reserve(64 + raw_id.size() + method.size() + raw_params.size());
    out += version_member;
    append_member(out, "id", raw_id);
    out += R"(,"method":)";
    append_json_string(out, method);
    append_member(out, "params", raw_params);
    out += '}';
    return out;
}

} // namespace

void throw_exception_from_error(const message_fault& fault, const boost::source_location& where) {
    throw std::logic_error(fault.detail + " (unchecked result at " + where.to_string() + ")");
}

std::string splice_line(std::string_view text, std::span<const splice> edits) {
    std::size_t size = text.size();
    for (const splice& edit : edits) {
        size += edit.text.size();
    }
    std::string out;
    out.reserve(size);
    std::size_t at = 0;
    for (const splice& edit : edits) {
        assert(edit.where.offset >= at);
        out.append(text.substr(at, edit.where.offset - at)).append(edit.text);
        at = edit.where.offset + edit.where.size;
    }
    out.append(text.substr(at));
    if (out.find('\n') != std::string::npos || out.find('\r') != std::string::npos) {
        blank_line_breaks(out);
    }
    return out;
}

std::string make_request(std::string_view raw_id, std::string_view method,
                         std::string_view raw_params) {
    return make_call(raw_id, method, raw_params);
}

std::string make_notification(std::string_view method, std::string_view raw_params) {
    return make_call({}, method, raw_params);
}

std::string make_cancellation(std::uint64_t request, std::string_view members) {
    return make_notification("notifications/cancelled",
                             fmt::format(R"({{"requestId":{}{}}})", request, members));
}

std::string make_result(std::string_view raw_id, std::string_view raw_result) {
    std::string out;
    out.reserve(48 + raw_id.size() + raw_result.size());
    out += version_member;
    append_member(out, "id", raw_id);
    append_member(out, "result", raw_result);
    out += '}';
    return out;
}

std::string make_error(std::string_view raw_id, int rpc_code, std::string_view message,
                       std::string_view raw_data) {
    std::string out;
    out.reserve(80 + raw_id.size() + message.size() + raw_data.size());
    out += version_member;
    append_member(out, "id", raw_id);
    out += R"(,"error":{"code":)";
    out += std::to_string(rpc_code);
    out += R"(,"message":)";
    append_json_string(out, message);
    append_member(out, "data", raw_data);
    out += "}}";
    return out;
}

} // namespace orch::mcp
