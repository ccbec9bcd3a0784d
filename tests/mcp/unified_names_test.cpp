#include "mcp/unified_names.hpp"

#include "tests/support/catch.hpp"

#include <set>

using namespace orch;
using namespace orch::mcp;
using model::naming_mode;
using names = std::vector<std::vector<std::string>>;

namespace {

const std::vector<server_tools> two{{"files", {"read", "search"}}, {"web", {"search", "a.b"}}};

} // namespace

TEST_CASE("tools are named by the mode", "[mcp][names]") {
    CHECK(unified_names(naming_mode::always, two)[0] ==
          std::vector<std::string>{"files__read", "files__search"});
    const auto collision = unified_names(naming_mode::on_collision, two);
    CHECK(collision[0] == std::vector<std::string>{"read", "files__search"});
    CHECK(collision[1][0] == "web__search");
    CHECK(collision[1][1].starts_with("web__a_b_"));
    const auto never = unified_names(naming_mode::never, two);
    CHECK(never[0] == std::vector<std::string>{"read", "search"});
    CHECK(never[1][0].empty());
}

TEST_CASE("no name is given twice, and each bare one leads back", "[mcp][names]") {
    const std::vector<server_tools> servers{{"a", {"x", "y", "b__x", "_z", std::string(80, 'l')}},
                                            {"b", {"x", "a__y", "w", std::string(80, 'l')}}};
    for (const auto mode : {naming_mode::always, naming_mode::on_collision, naming_mode::never}) {
        std::set<std::string> seen;
        const auto all = unified_names(mode, servers);
        for (std::size_t i = 0; i < all.size(); ++i) {
            for (std::size_t k = 0; k < all[i].size(); ++k) {
                CAPTURE(i, k, all[i][k]);
                if (all[i][k].empty()) {
                    continue;
                }
                CHECK(all[i][k].size() <= 64);
                CHECK(seen.insert(all[i][k]).second);
                if (all[i][k] == servers[i].tools[k]) {
                    CHECK(find_bare_name(mode, servers, all[i][k]) == std::pair(i, all[i][k]));
                }
            }
        }
    }
}

TEST_CASE("a bare name that two servers have means none, or the first", "[mcp][names]") {
    CHECK_FALSE(find_bare_name(naming_mode::on_collision, two, "search"));
    CHECK(find_bare_name(naming_mode::never, two, "search")->first == 0);
    CHECK_FALSE(find_bare_name(naming_mode::always, two, "read"));
    CHECK_FALSE(find_bare_name(naming_mode::never, two, "nothing"));
    CHECK_FALSE(find_bare_name(naming_mode::never, two, ""));
}
