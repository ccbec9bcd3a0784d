#include "config/print.hpp"

#include "tests/config/probe.hpp"

using namespace orch::config;
using probe::loaded;
using probe::ordinary_user;
using probe::with_file;

TEST_CASE("every setting is printed with its origin", "[config][print]") {
    auto from = with_file("[log]\nlevel = 'debug'\n");
    from.environment.emplace("MCP_ORCH_HTTP_IDLE_TIMEOUT", "120s");
    from.flags.emplace("--listen", "[::1]:0");
    const auto text = print_settings(loaded(from));
    for (const auto& row : setting_table()) {
        CAPTURE(row.key);
        CHECK(("\n" + text).find("\n" + std::string(row.key) + " = ") != text.npos);
    }
    using Catch::Matches;
    CHECK_THAT(text, Matches("[^]*\nlog\\.level = \"debug\" +# mcp\\.toml:2:1\n[^]*"));
    CHECK_THAT(text, Matches("[^]*\nhttp\\.idle_timeout = \"2m\" +# env "
                             "MCP_ORCH_HTTP_IDLE_TIMEOUT\n[^]*"));
    CHECK_THAT(text, Matches("[^]*\nserver\\.listen = \"\\[::1\\]:0\" +# flag --listen\n[^]*"));
    CHECK_THAT(text, Matches("[^]*\nlog\\.format = \"text\" +# default\n[^]*"));
}

TEST_CASE("what is printed is a configuration file with the same meaning", "[config][print]") {
    auto from = ordinary_user();
    from.environment.emplace("MCP_ORCH_SERVER_ALLOWED_HOSTS", "a.example,b.example");
    from.flags = {{"--import", "/odd \"name\"\\\x01.json"}, {"--demo-key", "true"}};
    const auto first = loaded(from);
    const auto again = loaded(with_file(print_settings(first)));
    CHECK(again.values.import_file == first.values.import_file);
    for (const auto& row : setting_table()) {
        CAPTURE(row.key);
        CHECK(row.show(again.values) == row.show(first.values));
    }
}

TEST_CASE("the password of the database is never printed", "[config][print]") {
    auto from = ordinary_user();
    from.flags.emplace("--database-url", "postgresql://ada:s3cret@db/orch");
    const auto text = print_settings(loaded(from));
    CHECK_THAT(text, Catch::Contains("database.url = \"postgresql://ada:***@db/orch\""));
    CHECK_THAT(text, !Catch::Contains("s3cret"));
}

TEST_CASE("mistakes are printed one per line", "[config][print]") {
    CHECK(print_mistakes({{"here", "wrong"}, {"there", "too"}}) == "here: wrong\nthere: too\n");
}
