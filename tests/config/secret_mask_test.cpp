#include "config/secret_mask.hpp"

#include "tests/support/catch.hpp"

#include <string>
#include <utility>

using orch::config::mask_connection;

TEST_CASE("the password of a connection is masked and the rest stays", "[config][secret_mask]") {
    using pair = std::pair<const char*, const char*>;
    const auto [given, shown] = GENERATE(
        pair{"", ""}, pair{"postgresql://ada:s3cret@db/orch", "postgresql://ada:***@db/orch"},
        pair{"postgres://ada@db:5432/orch", "postgres://ada@db:5432/orch"},
        pair{"postgresql://db/orch?password=s3cret&user=ada",
             "postgresql://db/orch?password=***&user=ada"},
        pair{"host=db password=s3cret user=ada", "host=db password=*** user=ada"},
        pair{"host=db password = 's3 cret\\' s3cret' user=ada", "host=db password = *** user=ada"},
        pair{"dbname=orch", "dbname=orch"});
    CAPTURE(given);
    CHECK(mask_connection(given) == shown);
}

TEST_CASE("no spelling of a connection lets its password through", "[config][secret_mask]") {
    const auto* given = GENERATE(
        "postgresql://ada:s3cret/s3cret@db/orch", "postgresql://ada:s3cret@s3cret@db",
        "postgresql://ada:s3?cret=s3cret@db/orch",
        "postgresql://db:5432/x?user=a@b&password=s3cret",
        "postgresql://db/x?user=a@b&password=s3cret", "host=db\tpassword=s3cret",
        "host=db password=s3cret", "password=s3cret", "  password='s3cret", "s3cret",
        "ada:s3cret@db/orch", "host=db s3cret", "sslpassword=s3cret host=db",
        "password='a' s3cret");
    CAPTURE(given);
    CHECK_THAT(mask_connection(given), !Catch::Contains("cret"));
}
