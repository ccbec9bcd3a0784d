#include "app/cli/text_table.hpp"

#include "tests/support/catch.hpp"

using namespace orch::app::cli;

TEST_CASE("columns are as wide as their widest cell", "[app][text_table]") {
    CHECK(text_table({{"NAME", "STATUS"}, {"filesystem", "ok"}, {"zeit-ä", "failed"}}) ==
          "NAME        STATUS\n"
          "filesystem  ok\n"
          "zeit-ä      failed\n");
    CHECK(text_table({}).empty());
}

TEST_CASE("cells cannot steer the terminal", "[app][text_table]") {
    CHECK(printable("a\x1b[31mb\nc\x7f") == "a [31mb c ");
    CHECK(printable("a\xc2\x9b"
                    "31mb") == "a 31mb");
    CHECK(printable("größe € 🙂") == "größe € 🙂");
}
