#include "api/call_export.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <memory>

using namespace orch;
using namespace orch::api;

namespace {

std::string exported(export_format format, const model::call_record& record) {
    std::string out;
    append_exported(out, format, record, {{}, std::make_shared<model::registry>()});
    return out;
}

} // namespace

TEST_CASE("a table has a cell for each column", "[api][call_export]") {
    const auto head = export_head(export_format::csv);
    model::call_record record;
    record.server_name = "files";
    const auto row = exported(export_format::csv, record);
    CHECK(head.starts_with("id,timestamp,server_name,"));
    CHECK(head.ends_with(",result\r\n"));
    CHECK(std::count(row.begin(), row.end(), ',') == std::count(head.begin(), head.end(), ','));
    CHECK(row.find(",files,") != std::string::npos);
    CHECK(row.ends_with("\r\n"));
}

TEST_CASE("cells are quoted where they have to be", "[api][call_export]") {
    model::call_record record;
    record.tool_name = "a,\"b\"\n";
    CHECK(exported(export_format::csv, record).find(",\"a,\"\"b\"\"\n\",") != std::string::npos);
}

TEST_CASE("no cell begins like a formula", "[api][call_export]") {
    for (const char start : {'=', '+', '-', '@', '\t', '\r'}) {
        model::call_record record;
        record.tool_name = std::string(1, start) + "1";
        const auto row = exported(export_format::csv, record);
        INFO(row);
        CHECK(row.find(std::string(",\"'") + start + "1\",") != std::string::npos);
    }
}

TEST_CASE("a line of JSON has no line break but its own", "[api][call_export]") {
    model::call_record record;
    record.arguments.bytes = "{\r\n  \"a\": \"b\\n\"\n}";
    const auto line = exported(export_format::jsonl, record);
    CHECK(std::count(line.begin(), line.end(), '\n') == 1);
    CHECK(line.ends_with("}\n"));
    CHECK(line.find('\r') == std::string::npos);
    CHECK(line.find("\"a\": \"b\\n\"") != std::string::npos);
    CHECK(export_head(export_format::jsonl).empty());
}

TEST_CASE("formats have one name each", "[api][call_export]") {
    CHECK(parse_export_format("csv") == export_format::csv);
    CHECK(parse_export_format("jsonl") == export_format::jsonl);
    CHECK_FALSE(parse_export_format("CSV"));
    CHECK_FALSE(parse_export_format(""));
}
