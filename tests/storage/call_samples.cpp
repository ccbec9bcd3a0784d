#include "tests/storage/call_samples.hpp"

#include <cstdint>

namespace orch::test {

using namespace std::chrono_literals;

namespace {

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

} // namespace orch::test
