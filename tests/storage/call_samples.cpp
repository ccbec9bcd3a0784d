#include "tests/storage/call_samples.hpp"

#include "tests/support/catch.hpp"

#include <cstdint>

namespace orch::test {

using namespace std::chrono_literals;

namespace {

void check_same(const model::body& got, const model::body& wanted) {
    CHECK(got.bytes == wanted.bytes);
    CHECK(got.size == wanted.size);
    CHECK(got.truncated == wanted.truncated);
    CHECK(got.redacted == wanted.redacted);
    CHECK(got.sha256 == wanted.sha256);
}

void check_same(const model::caller& got, const model::caller& wanted) {
    CHECK(got.session == wanted.session);
    CHECK(got.principal == wanted.principal);
    CHECK(got.client_name == wanted.client_name);
    CHECK(got.client_version == wanted.client_version);
    CHECK(got.client_type == wanted.client_type);
    CHECK(got.ip_address == wanted.ip_address);
    CHECK(got.user_agent == wanted.user_agent);
}

void check_same(const model::call_times& got, const model::call_times& wanted) {
    CHECK(got.received == wanted.received);
    CHECK(got.authorised == wanted.authorised);
    CHECK(got.queued == wanted.queued);
    CHECK(got.sent == wanted.sent);
    CHECK(got.answered == wanted.answered);
    CHECK(got.finished == wanted.finished);
}

/// Ascending within a millisecond and, unlike a sequence's, never later than `at`.
uuid sample_id(std::chrono::system_clock::time_point at) {
    static std::uint32_t count = 0;
    auto id = uuid::floor(at);
    ++count;
    for (std::size_t i = 0; i < 4; ++i) {
        id.bytes[15 - i] = static_cast<std::uint8_t>(count >> (8 * i));
    }
    return id;
}

} // namespace

std::chrono::system_clock::time_point sample_noon() {
    return std::chrono::sys_days{std::chrono::year{2026} / 3 / 14} + 12h;
}

model::call_record sample_call(const project_id& project,
                               std::chrono::system_clock::time_point at) {
    model::call_record out;
    out.id = sample_id(at);
    out.call = call_id::random();
    out.instance = instance_id::random();
    out.project = project;
    out.server = server_id::random();
    out.server_name = "files";
    out.tool_name = "read_file";
    out.path = model::entry_path::unified_http;
    out.caller = {session_id::random(), "key:1", "client", "1.2", "cursor", "::1", "Cursor/1.0"};
    out.request_id = "\"a-1\"";
    out.times = {at - 900ms, at - 800ms, at - 700ms, at - 600ms, at - 123456us, at};
    out.arguments = {std::string{"{\"a\":\"\0\xFF\"}", 10}, 70'000, true, true,
                     std::string(32, '\x07')};
    out.result = {"[]", 2, false, false, ""};
    return out;
}

model::client_session sample_session(const project_id& project) {
    model::client_session out;
    out.id = session_id::random();
    out.instance = instance_id::random();
    out.project = project;
    out.server = server_id::random();
    out.path = model::entry_path::unified_sse;
    out.caller = {out.id, "key:2", "client", "3", "roo", "10.0.0.1", "Roo/3"};
    out.protocol_version = "2025-06-18";
    out.connected_at = sample_noon();
    out.last_activity = sample_noon() + 3s;
    out.total_calls = 5;
    out.successful_calls = 3;
    out.failed_calls = 2;
    return out;
}

model::server_log_entry sample_line(const project_id& project, const server_id& server,
                                    std::chrono::system_clock::time_point at) {
    return {sample_id(at), project,    server, model::log_level::info, model::log_category::output,
            "Listening",   "listening"};
}

void check_same(const model::call_record& got, const model::call_record& wanted) {
    CHECK(got.id == wanted.id);
    CHECK(got.call == wanted.call);
    CHECK(got.instance == wanted.instance);
    CHECK(got.project == wanted.project);
    CHECK(got.retention_days == wanted.retention_days);
    CHECK(got.server == wanted.server);
    CHECK(got.server_name == wanted.server_name);
    CHECK(got.tool_name == wanted.tool_name);
    CHECK(got.path == wanted.path);
    check_same(got.caller, wanted.caller);
    CHECK(got.request_id == wanted.request_id);
    CHECK(got.status == wanted.status);
    CHECK(got.failure == wanted.failure);
    CHECK(got.error_code == wanted.error_code);
    CHECK(got.error_message == wanted.error_message);
    check_same(got.times, wanted.times);
    check_same(got.arguments, wanted.arguments);
    check_same(got.result, wanted.result);
}

} // namespace orch::test
