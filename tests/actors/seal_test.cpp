#include "actors/seal.hpp"

#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::actors;

TEST_CASE("S4: the sealed id of a task names its server and holds for its owner",
          "[actors][seal]") {
    const server_value task{server_id::random(), "a task\n\"1\""};
    const auto text = sealed(sealed_kind::task, task, "key:1");
    CHECK(unsealed(sealed_kind::task, text, "key:1") == task);
    CHECK_FALSE(unsealed(sealed_kind::task, text, "key:2"));
    CHECK_FALSE(unsealed(sealed_kind::task_cursor, text, "key:1"));
    CHECK(text == sealed(sealed_kind::task, task, "key:1"));
}

TEST_CASE("S4: the longest id of a task is short enough when sealed", "[actors][seal]") {
    const server_value task{server_id::random(), std::string(256, 'x')};
    CHECK(sealed(sealed_kind::task, task, "key:1").size() <= 512);
}

TEST_CASE("S4: what nobody sealed opens nothing", "[actors][seal]") {
    const server_value task{server_id::random(), "t1"};
    const server_value other{server_id::random(), "t1"};
    const auto text = sealed(sealed_kind::task, task, "key:1");
    const auto place = text.rfind('.');
    auto forged = text;
    forged[40] = forged[40] == '0' ? '1' : '0';
    for (const auto& tampered :
         {forged, text.substr(0, place + 1) + "dDI", other.server.value.to_hex() + text.substr(32),
          text + "A", text.substr(1), std::string("t1"), std::string(), std::string("."),
          std::string(".."), std::string("x.y.z")}) {
        CAPTURE(tampered);
        CHECK_FALSE(unsealed(sealed_kind::task, tampered, "key:1"));
    }
}
