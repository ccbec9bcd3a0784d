#include "mcp/remote_message.hpp"

#include "core/utf8.hpp"
#include "tests/mcp/remote_script.hpp"

using namespace orch;
using namespace orch::test;
using namespace orch::mcp;
using Catch::Matchers::Contains;

TEST_CASE("messages are told apart", "[mcp][remote]") {
    CHECK(remote_message::of(call("2")).id == "2");
    CHECK(remote_message::of(call("2")).method == "tools/call");
    CHECK(remote_message::of(answer_to("\"a\"")).what == remote_message::kind::response);
    const auto cancel = remote_message::of(cancellation_of("17"));
    CHECK(cancel.what == remote_message::kind::notification);
    CHECK(cancel.cancels == "17");
}

TEST_CASE("a body is one message or a list of them", "[mcp][remote]") {
    CHECK(split_messages(" {\"a\":\n1}").value() == std::vector<std::string>{" {\"a\": 1}"});
    CHECK(split_messages("[]").value().empty());
    CHECK(split_messages(R"([{"a":[1,{"b":2}]} , {"c":"]"}])").value() ==
          std::vector<std::string>{R"({"a":[1,{"b":2}]})", R"({"c":"]"})"});
    for (const std::string bad : {"", " \n", "[", "[{}", "[{}]x", "[{},]"}) {
        CAPTURE(bad);
        CHECK(split_messages(bad).has_error());
    }
}

TEST_CASE("a refused request is told in one short line", "[mcp][remote]") {
    CHECK(describe_answer({500, "", "", "", ""}, "") == "HTTP 500");
    CHECK(describe_answer({502, "Bad Gateway", "text/html; charset=x", "", ""}, "<h1>") ==
          "HTTP 502 Bad Gateway");
    CHECK(describe_answer({400, "Bad", "text/plain", "", ""}, "a\r\nb") == "HTTP 400 Bad: a  b");
    CHECK(describe_answer({400, "", "", "", ""}, std::string("\xff\xfe")) ==
          "HTTP 400: (bytes that are no text)");
    CHECK(describe_answer({400, "", "", "", ""}, std::string(9000, 'x')).size() < 400);
    CHECK(is_utf8(describe_answer({400, "", "", "", ""}, std::string(299, 'x') + "\u00e9")));
}
