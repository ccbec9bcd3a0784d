#include "core/log.hpp"

#include "tests/support/catch.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cstdio>
#include <string>

#include <unistd.h>

using namespace orch;

namespace {

/// Sends stderr to a file while it lives.
class captured_stderr {
public:
    captured_stderr() : file_(std::tmpfile()), saved_(::dup(STDERR_FILENO)) {
        std::fflush(stderr);
        ::dup2(::fileno(file_), STDERR_FILENO);
    }
    ~captured_stderr() {
        restore();
        std::fclose(file_);
    }
    captured_stderr(const captured_stderr&) = delete;
    captured_stderr& operator=(const captured_stderr&) = delete;

    std::string text() {
        restore();
        std::string out;
        std::rewind(file_);
        for (int c = std::fgetc(file_); c != EOF; c = std::fgetc(file_)) {
            out += static_cast<char>(c);
        }
        return out;
    }

private:
    void restore() {
        if (saved_ >= 0) {
            std::fflush(stderr);
            ::dup2(saved_, STDERR_FILENO);
            ::close(saved_);
            saved_ = -1;
        }
    }

    std::FILE* file_;
    int saved_;
};

/// Puts the configuration back that other tests expect.
struct default_log {
    ~default_log() { log::configure(log::level::info, log::format::text); }
};

std::size_t line_count(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

} // namespace

TEST_CASE("a record is one line whatever it holds", "[core][log]") {
    const default_log restored;
    const std::string nasty("two\nlines\r\x1b[31m \0 \xff {}", 21);
    for (const auto shape : {log::format::text, log::format::json}) {
        log::configure(log::level::info, shape);
        captured_stderr captured;
        log::write(log::level::warning, "net", nasty);
        const std::string text = captured.text();
        CAPTURE(text);
        CHECK(line_count(text) == 1);
        CHECK(text.find('\x1b') == std::string::npos);
        CHECK(text.find("\\n") != std::string::npos);
        CHECK(text.find("warning") != std::string::npos);
    }
}

TEST_CASE("a record in JSON has its four members", "[core][log]") {
    const default_log restored;
    log::configure(log::level::debug, log::format::json);
    captured_stderr captured;
    log::debug("mcp", "x={} \"{}\"", 1, "a\tb");
    const auto record = boost::json::parse(captured.text());
    CHECK(record.at("level") == "debug");
    CHECK(record.at("component") == "mcp");
    CHECK(record.at("message") == "x=1 \"a\tb\"");
    const auto& time = record.at("time").as_string();
    CHECK(time.size() == std::string_view("2026-01-01T00:00:00.000000Z").size());
    CHECK(time.back() == 'Z');
}

TEST_CASE("records below the threshold are not written", "[core][log]") {
    const default_log restored;
    log::configure(log::level::warning, log::format::text);
    CHECK_FALSE(log::enabled(log::level::info));
    CHECK(log::enabled(log::level::error));
    captured_stderr captured;
    log::info("mcp", "quiet");
    log::warning("mcp", "loud é");
    const std::string text = captured.text();
    CHECK(text.find("quiet") == std::string::npos);
    CHECK(text.find("loud é\n") != std::string::npos);
}
