#include "storage/array_column.hpp"
#include "storage/sql_values.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/database_fixture.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>

#include <limits>

using namespace orch;
using namespace orch::storage;
using namespace orch::test;
using namespace std::chrono_literals;

namespace {

using instant = std::chrono::system_clock::time_point;

/// The elements as PostgreSQL reads them, as text, joined by '|'; NULL is '-'.
std::string read_back(array_column& column, element_type type) {
    database_fixture database;
    std::string out;
    database.run([&](pqxx::connection& live) {
        pqxx::nontransaction work{live};
        out = work.exec_params1("SELECT array_to_string($1::" + std::string{sql_name(type)} +
                                    "[]::text[], '|', '-')",
                                column.parameter())[0]
                  .as<std::string>();
    });
    return out;
}

} // namespace

TEST_CASE("numbers come through an array with their sign and width", "[storage][array_column]") {
    array_column integers{element_type::integer};
    integers.integer(0);
    integers.integer(-1);
    integers.null();
    integers.integer(2147483647);
    CHECK(read_back(integers, element_type::integer) == "0|-1|-|2147483647");

    array_column bigints{element_type::bigint};
    bigints.bigint(std::numeric_limits<std::int64_t>::min());
    bigints.bigint(258);
    CHECK(read_back(bigints, element_type::bigint) == "-9223372036854775808|258");
}

TEST_CASE("moments come through an array, also those before PostgreSQL's epoch",
          "[storage][array_column]") {
    array_column times{element_type::timestamptz};
    const std::chrono::sys_days moon{std::chrono::year{1969} / 7 / 20};
    times.time(instant{moon + 20h + 17min + 40s + 1us});
    times.time(std::optional<instant>{});
    times.time(instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 14} + 999ns});
    CHECK(read_back(times, element_type::timestamptz) ==
          "1969-07-20 20:17:40.000001+00|-|2026-03-14 00:00:00+00");
}

TEST_CASE("text, flags, bytes and ids come through an array", "[storage][array_column]") {
    array_column texts{element_type::text};
    texts.text("plain, \"quoted\" {and} \\");
    texts.text("");
    texts.text("caf\xC3\xA9s", 4);
    CHECK(read_back(texts, element_type::text) == "plain, \"quoted\" {and} \\||caf");

    array_column flags{element_type::boolean};
    flags.boolean(true);
    flags.boolean(false);
    CHECK(read_back(flags, element_type::boolean) == "true|false");

    array_column bodies{element_type::bytea};
    bodies.bytes(std::string_view{"\0\xFF", 2});
    bodies.bytes("");
    CHECK(read_back(bodies, element_type::bytea) == "\\x00ff|\\x");

    array_column ids{element_type::uuid};
    const auto id = uuid::random();
    ids.optional_id(id);
    ids.optional_id({});
    CHECK(read_back(ids, element_type::uuid) == id.to_string() + "|-");
}
