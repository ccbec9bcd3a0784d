#include "storage/spool_bytes.hpp"
#include "storage/spool_format.hpp"
#include "tests/storage/call_samples.hpp"
#include "tests/storage/spool_fixture.hpp"

#include <limits>
#include <random>

using namespace orch::test;
using namespace spool_test;
using namespace std::chrono_literals;
using orch::errc;

namespace {

constexpr std::uint32_t seal = 0x5eed1234;

model::call_record round_trip(const model::call_record& record) {
    std::string bytes;
    storage::append_outcome(bytes, record, seal);
    const auto frame = storage::parse_frame(bytes, seal);
    REQUIRE(frame.state == storage::frame_state::whole);
    REQUIRE(frame.size == bytes.size());
    auto decoded = storage::decode_record(frame);
    REQUIRE(decoded.has_value());
    return std::move(*decoded);
}

/// A record with every field set, most to an end of what it may be.
model::call_record full_record() {
    const std::chrono::system_clock::time_point start{1'790'000'000'123'457us};
    auto record = sample_call(orch::project_id::random(), start);
    record.retention_days = -7;
    record.path = model::entry_path::rest;
    record.status = model::call_status::cancelled;
    record.failure = model::error_class::execution_error;
    record.error_code = -32602;
    record.error_message = "no such file";
    record.times = {start, start + 1us, start + 2us, start + 3us, start + 4us, start + 5us};
    record.arguments = {std::string("{\"a\":\"\0\"}", 9), 9, false, true, ""};
    record.result = {std::string(64 * 1024, '\xff'), 1'000'000'000'000, true, false,
                     std::string(32, '\x01')};
    return record;
}

std::string frame_of(const model::call_record& record) {
    std::string bytes;
    storage::append_outcome(bytes, record, seal);
    return bytes;
}

} // namespace

TEST_CASE("every field of a record comes back from the spool", "[storage][spool_format]") {
    const auto record = full_record();
    check_same(round_trip(record), record);
}

TEST_CASE("empty and absent fields come back empty and absent", "[storage][spool_format]") {
    const model::call_record empty;
    check_same(round_trip(empty), empty);

    auto partly = full_record();
    partly.times.authorised.reset();
    partly.times.sent.reset();
    check_same(round_trip(partly), partly);
}

TEST_CASE("times before 1970 and the ends of numbers come back", "[storage][spool_format]") {
    auto record = full_record();
    record.times.received = std::chrono::system_clock::time_point{-5us};
    record.times.finished = std::chrono::system_clock::time_point{};
    record.error_code = std::numeric_limits<std::int64_t>::min();
    record.retention_days = std::numeric_limits<int>::max();
    record.result.size = std::numeric_limits<std::uint64_t>::max();
    check_same(round_trip(record), record);
}

TEST_CASE("a frame cut anywhere is incomplete, not damaged", "[storage][spool_format]") {
    auto record = full_record();
    record.result.bytes.resize(50);
    const std::string bytes = frame_of(record);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CAPTURE(size);
        const auto frame = storage::parse_frame(std::string_view(bytes).substr(0, size), seal);
        REQUIRE(frame.state == storage::frame_state::incomplete);
        REQUIRE(frame.size > size);
    }
}

TEST_CASE("a payload cut anywhere is refused", "[storage][spool_format]") {
    std::string payload;
    storage::append_payload(payload, numbered(1));
    for (std::size_t size = 0; size < payload.size(); ++size) {
        CAPTURE(size);
        REQUIRE_FALSE(
            storage::decode_payload(std::string_view(payload).substr(0, size)).has_value());
    }
    CHECK(storage::decode_payload(payload).has_value());
}

TEST_CASE("fields that a later version appended are ignored", "[storage][spool_format]") {
    const auto record = full_record();
    std::string payload;
    storage::append_payload(payload, record);
    const auto decoded = storage::decode_payload(payload + "a field of tomorrow");
    REQUIRE(decoded.has_value());
    check_same(*decoded, record);
}

TEST_CASE("a record of a newer version is reported as such", "[storage][spool_format]") {
    storage::frame frame;
    frame.state = storage::frame_state::whole;
    frame.version = storage::record_version + 1;
    const auto decoded = storage::decode_record(frame);
    REQUIRE_FALSE(decoded.has_value());
    CHECK(decoded.error().code == errc::not_implemented);
}

TEST_CASE("a frame sealed for another segment is no frame", "[storage][spool_format]") {
    const std::string bytes = frame_of(numbered(1));
    CHECK(storage::parse_frame(bytes, seal).state == storage::frame_state::whole);
    CHECK(storage::parse_frame(bytes, seal + 1).state == storage::frame_state::bad_header);
}

TEST_CASE("a record above the limit of the format is not written", "[storage][spool_format]") {
    auto record = numbered(1);
    record.arguments.bytes.resize(storage::payload_bytes_max);
    std::string bytes = "before";
    CHECK(storage::append_record(bytes, storage::record_kind::outcome, record, seal) == 0);
    CHECK(bytes == "before");
}

TEST_CASE("a segment header survives one bad byte anywhere", "[storage][spool_format]") {
    const std::string good = storage::segment_header(seal);
    REQUIRE(good.size() == storage::segment_header_bytes);
    for (std::size_t i = 0; i < good.size(); ++i) {
        CAPTURE(i);
        std::string bad = good;
        bad[i] = static_cast<char>(bad[i] ^ 0x10);
        const auto parsed = storage::parse_segment_header(bad);
        REQUIRE(parsed.has_value());
        REQUIRE(*parsed == seal);
    }
    CHECK_FALSE(storage::parse_segment_header(std::string(48, 'x')).has_value());
    CHECK_FALSE(storage::parse_segment_header("").has_value());
    CHECK_FALSE(storage::parse_segment_header(good.substr(0, 23)).has_value());
}

TEST_CASE("decoding random and mutated payloads never fails badly", "[storage][spool_format]") {
    std::mt19937 random(20260101);
    std::string good;
    storage::append_payload(good, numbered(1, 40));
    std::size_t refused = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes = good;
        for (unsigned flips = random() % 8 + 1; flips > 0; --flips) {
            bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        bytes.resize(random() % 4 == 0 ? random() % bytes.size() : bytes.size());
        refused += storage::decode_payload(bytes).has_value() ? 0 : 1;
    }
    CHECK(refused > 1'000);
}

TEST_CASE("names of segments are read strictly", "[storage][spool_format]") {
    const storage::segment_name name{orch::uuid::random(), 3, 41};
    const auto parsed = storage::segment_name::parse(name.to_string());
    REQUIRE(parsed.has_value());
    CHECK(*parsed == name);
    const std::string hex = name.instance.to_hex();
    const std::string bad[] = {"",
                               "calls-",
                               "calls-" + hex,
                               "calls-" + hex + "-1-2.spoo",
                               "calls-" + hex + "-1-2.spool2",
                               "calls-" + hex + "-1-.spool",
                               "calls-" + hex + "--1-2.spool",
                               "calls-" + hex + "-1-99999999999999999999.spool",
                               "calls-x" + hex.substr(1) + "-1-2.spool"};
    for (const auto& text : bad) {
        CAPTURE(text);
        CHECK_FALSE(storage::segment_name::parse(text).has_value());
    }
}
