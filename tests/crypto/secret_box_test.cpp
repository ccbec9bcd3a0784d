#include "crypto/key_file.hpp"
#include "crypto/random.hpp"
#include "crypto/secret_box.hpp"
#include "tests/support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <type_traits>

#include <sys/stat.h>
#include <unistd.h>

namespace crypto = orch::crypto;
namespace fs = std::filesystem;
using orch::errc;

namespace {

class key_directory {
public:
    key_directory()
        : path_(fs::temp_directory_path() / ("orch-crypto-" + crypto::random_token(12))) {
        fs::create_directory(path_);
    }
    ~key_directory() { fs::remove_all(path_); }
    [[nodiscard]] std::string file(const std::string& name = "master.key") const {
        return (path_ / name).native();
    }
    [[nodiscard]] std::size_t file_count() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(path_), {}));
    }

private:
    fs::path path_;
};

crypto::secret_box open_box(const std::string& file) {
    auto box = crypto::secret_box::open({file});
    if (!box) {
        FAIL(box.error().detail);
    }
    return std::move(*box);
}

errc refusal(const std::string& file) {
    const auto box = crypto::secret_box::open({file});
    REQUIRE_FALSE(box.has_value());
    CHECK(box.error().detail.find(file) != std::string::npos);
    return box.error().code;
}

std::string content_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void replace_content(const std::string& file, const std::string& content) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
}

} // namespace

static_assert(!std::is_copy_constructible_v<crypto::secret_box>);
static_assert(std::is_nothrow_move_constructible_v<crypto::secret_box>);

TEST_CASE("a sealed value opens to the same text", "[crypto][secret_box]") {
    const key_directory directory;
    const auto box = open_box(directory.file());
    const std::string texts[] = {"", "x", std::string("a\0b", 3), std::string(100'000, 'z')};
    for (const auto& text : texts) {
        const auto opened = box.open_sealed(box.seal(text, "servers/7/env"), "servers/7/env");
        REQUIRE(opened.has_value());
        CHECK(*opened == text);
    }
}

TEST_CASE("sealing twice gives different bytes and never the clear text", "[crypto][secret_box]") {
    const key_directory directory;
    const auto box = open_box(directory.file());
    const std::string secret = "correct horse battery staple";
    const auto sealed = box.seal(secret, "c");
    CHECK(sealed != box.seal(secret, "c"));
    CHECK(sealed.find(secret.substr(0, 8)) == std::string::npos);
    CHECK(sealed.size() == 1 + 4 + 24 + secret.size() + 16);
}

TEST_CASE("a change of any byte of a sealed value is noticed", "[crypto][secret_box]") {
    const key_directory directory;
    const auto box = open_box(directory.file());
    const auto sealed = box.seal("a secret of some length", "context");
    REQUIRE(box.open_sealed(sealed, "context").has_value());
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        for (const char bit : {'\x01', '\x80'}) {
            CAPTURE(i);
            std::string bad = sealed;
            bad[i] = static_cast<char>(bad[i] ^ bit);
            const auto opened = box.open_sealed(bad, "context");
            REQUIRE_FALSE(opened.has_value());
            const errc expected = i == 0  ? errc::not_implemented
                                  : i < 5 ? errc::unavailable
                                          : errc::invalid_argument;
            CHECK(opened.error().code == expected);
        }
    }
}

TEST_CASE("a truncated or extended sealed value is refused", "[crypto][secret_box]") {
    const key_directory directory;
    const auto box = open_box(directory.file());
    const auto sealed = box.seal("a secret", "context");
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        CAPTURE(size);
        const auto part = std::string_view(sealed).substr(0, size);
        CHECK_FALSE(box.open_sealed(part, "context").has_value());
    }
    CHECK_FALSE(box.open_sealed(sealed + '\0', "context").has_value());
}

TEST_CASE("a sealed value does not open in another context", "[crypto][secret_box]") {
    const key_directory directory;
    const auto box = open_box(directory.file());
    const auto sealed = box.seal("a secret", "servers/1/env");
    CHECK_FALSE(box.open_sealed(sealed, "servers/2/env").has_value());
    CHECK_FALSE(box.open_sealed(sealed, "").has_value());
    CHECK(box.open_sealed(sealed, "servers/1/env").has_value());
}

TEST_CASE("another key, alteration and shortness are told apart", "[crypto][secret_box]") {
    const key_directory directory;
    const auto box = open_box(directory.file("one"));
    const auto other = open_box(directory.file("two"));
    const auto sealed = box.seal("a secret", "c");
    const auto foreign = other.open_sealed(sealed, "c");
    REQUIRE_FALSE(foreign.has_value());
    CHECK(foreign.error().code == errc::unavailable);
    const auto altered = box.open_sealed(sealed, "d");
    const auto shortened = box.open_sealed("\x01", "c");
    REQUIRE_FALSE(altered.has_value());
    REQUIRE_FALSE(shortened.has_value());
    CHECK(foreign.error().detail != altered.error().detail);
    CHECK(altered.error().detail != shortened.error().detail);
}

TEST_CASE("the key file is made once, for its owner only", "[crypto][secret_box]") {
    const key_directory directory;
    const auto sealed = open_box(directory.file()).seal("kept", "c");
    CHECK(directory.file_count() == 1);
    struct stat status {};
    REQUIRE(::stat(directory.file().c_str(), &status) == 0);
    CHECK((status.st_mode & 07777) == 0600);

    const auto before = content_of(directory.file());
    const auto opened = open_box(directory.file()).open_sealed(sealed, "c");
    REQUIRE(opened.has_value());
    CHECK(*opened == "kept");
    CHECK(content_of(directory.file()) == before);
}

TEST_CASE("a key file that others may touch is refused", "[crypto][secret_box]") {
    const key_directory directory;
    static_cast<void>(open_box(directory.file()));
    for (const mode_t mode : {0640U, 0604U, 0660U, 0644U, 0700U, 04600U, 0610U}) {
        CAPTURE(mode);
        REQUIRE(::chmod(directory.file().c_str(), mode) == 0);
        CHECK(refusal(directory.file()) == errc::forbidden);
    }
    REQUIRE(::chmod(directory.file().c_str(), 0400) == 0);
    CHECK(crypto::secret_box::open({directory.file()}).has_value());
}

TEST_CASE("a key file of another owner is refused", "[crypto][secret_box]") {
    const key_directory directory;
    static_cast<void>(open_box(directory.file()));
    if (::chown(directory.file().c_str(), 65534, 65534) != 0) {
        WARN("skipped: only root can give a file away");
        return;
    }
    CHECK(refusal(directory.file()) == errc::forbidden);
}

TEST_CASE("a key file that holds no key is refused and left alone", "[crypto][secret_box]") {
    const key_directory directory;
    static_cast<void>(open_box(directory.file()));
    const auto good = content_of(directory.file());
    std::string other_format = good;
    other_format[13] = '2';
    std::string bad_digit = good;
    bad_digit[40] = 'g';
    std::string no_line_end = good;
    no_line_end.back() = ' ';
    const std::string contents[] = {
        "",        good.substr(0, 40), good + "\n",          other_format,
        bad_digit, no_line_end,        std::string(80, '\0')};
    for (const auto& content : contents) {
        CAPTURE(content);
        replace_content(directory.file(), content);
        CHECK(refusal(directory.file()) == errc::invalid_argument);
        CHECK(content_of(directory.file()) == content);
    }
    replace_content(directory.file(), good);
    CHECK(crypto::secret_box::open({directory.file()}).has_value());
}

TEST_CASE("links, directories and absent folders are no key files", "[crypto][secret_box]") {
    const key_directory directory;
    static_cast<void>(open_box(directory.file()));
    fs::create_symlink(directory.file(), directory.file("link"));
    CHECK(refusal(directory.file("link")) == errc::forbidden);
    fs::create_directory(directory.file("folder"));
    CHECK(refusal(directory.file("folder")) == errc::forbidden);
    CHECK(refusal(directory.file("absent/master.key")) == errc::io_failure);
    REQUIRE(::mkfifo(directory.file("pipe").c_str(), 0600) == 0);
    CHECK(refusal(directory.file("pipe")) == errc::forbidden);
}

TEST_CASE("after a rotation old values open until the old key is dropped", "[crypto][secret_box]") {
    const key_directory directory;
    auto box = open_box(directory.file());
    const auto old = box.seal("kept", "c");
    const auto first_ids = box.key_ids();
    REQUIRE(first_ids.size() == 1);
    REQUIRE(box.add_key().has_value());
    const auto ids = box.key_ids();
    REQUIRE(ids.size() == 2);
    CHECK(ids[1] == first_ids[0]);
    CHECK(box.open_sealed(old, "c").value() == "kept");
    const auto fresh = box.seal("kept", "c");
    // What a restart in the middle of it finds.
    const auto reopened = open_box(directory.file());
    CHECK(reopened.key_ids() == ids);
    CHECK(reopened.open_sealed(old, "c").has_value());
    CHECK(reopened.open_sealed(fresh, "c").has_value());

    REQUIRE(box.drop_old_keys().has_value());
    CHECK(box.key_ids() == std::vector{ids[0]});
    CHECK(box.open_sealed(old, "c").error().code == errc::unavailable);
    CHECK(open_box(directory.file()).open_sealed(fresh, "c").value() == "kept");
    CHECK(directory.file_count() == 1);
    struct stat status {};
    REQUIRE(::stat(directory.file().c_str(), &status) == 0);
    CHECK((status.st_mode & 07777) == 0600);
}

TEST_CASE("a key file never grows beyond its maximum", "[crypto][secret_box]") {
    const key_directory directory;
    auto box = open_box(directory.file());
    for (std::size_t i = 1; i < crypto::key_ring::keys_max; ++i) {
        REQUIRE(box.add_key().has_value());
    }
    CHECK(box.add_key().error().code == errc::conflict);
    CHECK(open_box(directory.file()).key_ids() == box.key_ids());
}

TEST_CASE("given keys need no file and cannot be made anew", "[crypto][secret_box]") {
    const key_directory directory;
    const std::string first(64, '1');
    const std::string second(64, '2');
    const auto before = crypto::secret_box::open({directory.file(), first});
    REQUIRE(before.has_value());
    const auto old = before->seal("kept", "c");
    auto box = crypto::secret_box::open({directory.file(), second + "," + first});
    REQUIRE(box.has_value());
    CHECK(box->is_given());
    CHECK(box->open_sealed(old, "c").value() == "kept");
    CHECK(before->open_sealed(box->seal("new", "c"), "c").error().code == errc::unavailable);
    CHECK(box->add_key().error().code == errc::conflict);
    CHECK(box->drop_old_keys().has_value());
    CHECK(box->key_ids().size() == 2);
    CHECK(directory.file_count() == 0);
}

TEST_CASE("given keys that are none are refused without being shown", "[crypto][secret_box]") {
    const std::string good(64, 'a');
    for (const auto& text : {std::string("secret"), good + ",", good + "," + good.substr(1),
                             good.substr(2) + "zz", "," + good, good + good}) {
        const auto box = crypto::secret_box::open({"unused", text});
        // A comma at the end is no key after it.
        if (text == good + ",") {
            CHECK(box.has_value());
            continue;
        }
        REQUIRE_FALSE(box.has_value());
        CHECK(box.error().code == errc::invalid_argument);
        CHECK(box.error().detail.find(text.substr(0, 6)) == std::string::npos);
    }
}
