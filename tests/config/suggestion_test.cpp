#include "config/suggestion.hpp"

#include "tests/support/catch.hpp"

#include <array>

using namespace orch::config;

namespace {

constexpr std::array<std::string_view, 3> names{"server.listen", "server.public_url", "log.level"};

} // namespace

TEST_CASE("the nearest name is suggested for small slips", "[config][suggestion]") {
    CHECK(nearest("server.lisen", names) == "server.listen");
    CHECK(nearest("sever.listen", names) == "server.listen");
    CHECK(nearest("log.levle", names) == "log.level");
    CHECK(nearest("server.public-url", names) == "server.public_url");
    CHECK(nearest("LOG.LEVEL", names) == "log.level");
}

TEST_CASE("nothing is suggested when no name is near", "[config][suggestion]") {
    CHECK(nearest("zebra", names).empty());
    CHECK(nearest("", names).empty());
    CHECK(nearest(std::string(100'000, 'x'), names).empty());
    CHECK(did_you_mean("zebra", names).empty());
    CHECK(did_you_mean("log.leve", names) == " (did you mean \"log.level\"?)");
}
