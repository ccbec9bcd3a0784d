#include "crypto/key_file.hpp"

#include "crypto/encoding.hpp"
#include "crypto/random.hpp"
#include "crypto/sodium.hpp"

#include <sodium.h>

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace orch::crypto {

namespace {

constexpr std::string_view label = "mcp-orch-key-1 ";
constexpr std::size_t line_bytes = label.size() + 2 * master_key_bytes + 1;

class descriptor {
public:
    explicit descriptor(int number) noexcept : number_(number) {}
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    ~descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }
    [[nodiscard]] int number() const noexcept { return number_; }
    [[nodiscard]] bool is_open() const noexcept { return number_ >= 0; }

private:
    int number_;
};

/// A text that is wiped when it goes away.
struct wiped_text {
    std::string text;
    ~wiped_text() { ::sodium_memzero(text.data(), text.size()); }
};

result<void> sync_directory(const std::string& path) {
    auto parent = std::filesystem::path(path).parent_path();
    if (parent.empty()) {
        parent = ".";
    }
    const descriptor directory(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.is_open() || ::fsync(directory.number()) != 0) {
        return errno_error("syncing the directory of key file " + path, errno);
    }
    return {};
}

result<void> write_and_sync(const descriptor& file, std::string_view text) {
    while (!text.empty()) {
        const auto put = ::write(file.number(), text.data(), text.size());
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return errno_error("writing", put < 0 ? errno : EIO);
        }
        text.remove_prefix(static_cast<std::size_t>(put));
    }
    if (::fsync(file.number()) != 0) {
        return errno_error("syncing", errno);
    }
    return {};
}

void wipe(std::vector<master_key>& keys) {
    for (auto& key : keys) {
        ::sodium_memzero(key.data(), key.size());
    }
}

/// One line for each key.
std::string lines_of(const key_ring& ring) {
    std::string text;
    text.reserve(ring.keys.size() * line_bytes);
    for (const auto& key : ring.keys) {
        const wiped_text digits{to_hex({reinterpret_cast<const char*>(key.data()), key.size()})};
        text.append(label).append(digits.text).append("\n");
    }
    return text;
}

using put_in_place = int (*)(const char* from, const char* to);

/// Writes the keys under a name of their own and lets `place` give them the name `path`: whoever
/// opens `path` finds all of them, also after a crash in between.
result<void> write_keys(const std::string& path, const key_ring& ring, put_in_place place) {
    const std::string draft = fmt::format("{}.{}.new", path, random_token(8));
    const descriptor file(
        ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file.is_open()) {
        return errno_error("creating key file " + path, errno);
    }
    const wiped_text text{lines_of(ring)};
    auto written = write_and_sync(file, text.text);
    if (written && place(draft.c_str(), path.c_str()) != 0) {
        written = errno_error("naming", errno);
    }
    ::unlink(draft.c_str());
    if (!written) {
        return error{written.error().code,
                     "writing key file " + path + ": " + written.error().detail};
    }
    return sync_directory(path);
}

result<void> check_owner_and_mode(const descriptor& file, const std::string& path) {
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) {
        return errno_error("looking at key file " + path, errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return error{errc::forbidden, "key file " + path + " is not a plain file"};
    }
    if (status.st_uid != ::geteuid()) {
        return error{errc::forbidden, fmt::format("key file {} belongs to user {}, not to user {} "
                                                  "who runs this process",
                                                  path, status.st_uid, ::geteuid())};
    }
    if ((status.st_mode & 07177) != 0) {
        return error{errc::forbidden, fmt::format("key file {} has mode {:04o}; only its owner may "
                                                  "read it: chmod 600 it",
                                                  path, status.st_mode & 07777)};
    }
    return {};
}

bool read_digits(std::string_view digits, master_key& key) {
    std::size_t size = 0;
    return digits.size() == 2 * key.size() &&
           ::sodium_hex2bin(key.data(), key.size(), digits.data(), digits.size(), nullptr, &size,
                            nullptr) == 0 &&
           size == key.size();
}

/// Whether it is a line of the file, with its end.
bool read_line(std::string_view line, master_key& key) {
    return line.starts_with(label) && line.ends_with('\n') &&
           read_digits(line.substr(label.size(), 2 * master_key_bytes), key);
}

result<key_ring> read(const descriptor& file, const std::string& path) {
    wiped_text lines{std::string(key_ring::keys_max * line_bytes + 1, '\0')};
    const auto got = ::pread(file.number(), lines.text.data(), lines.text.size(), 0);
    if (got < 0) {
        return errno_error("reading key file " + path, errno);
    }
    const std::string_view text(lines.text.data(), static_cast<std::size_t>(got));
    if (text.empty() || text.size() % line_bytes != 0) {
        return error{errc::invalid_argument,
                     fmt::format("key file {} has not the {} bytes of each key", path, line_bytes)};
    }
    key_ring ring;
    for (std::size_t at = 0; at < text.size(); at += line_bytes) {
        if (!read_line(text.substr(at, line_bytes), ring.keys.emplace_back())) {
            return error{errc::invalid_argument,
                         "key file " + path + " does not hold a key of this program"};
        }
    }
    return ring;
}

} // namespace

key_ring::~key_ring() { wipe(keys); }

result<key_ring> load_or_create_keys(const std::string& path) {
    require_sodium();
    const descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!file.is_open() && errno == ENOENT) {
        key_ring fresh;
        fresh.keys.push_back(make_key());
        // A link fails when the name is taken meanwhile.
        if (auto written = write_keys(path, fresh, ::link); !written) {
            return written.error();
        }
        return fresh;
    }
    if (!file.is_open() && errno == ELOOP) {
        return error{errc::forbidden, "key file " + path + " is a symbolic link"};
    }
    if (!file.is_open()) {
        return errno_error("opening key file " + path, errno);
    }
    if (auto allowed = check_owner_and_mode(file, path); !allowed) {
        return allowed.error();
    }
    return read(file, path);
}

result<void> replace_keys(const std::string& path, const key_ring& ring) {
    return write_keys(path, ring,
                      [](const char* from, const char* to) { return ::rename(from, to); });
}

result<key_ring> parse_keys(std::string_view text) {
    require_sodium();
    key_ring ring;
    for (auto rest = text; !rest.empty();) {
        const auto comma = rest.find(',');
        const auto digits = rest.substr(0, comma);
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
        if (ring.keys.size() == key_ring::keys_max ||
            !read_digits(digits, ring.keys.emplace_back())) {
            return error{
                errc::invalid_argument,
                fmt::format("security.master_key: {} to {} keys of {} hex digits each, with "
                            "commas between them",
                            1, key_ring::keys_max, 2 * master_key_bytes)};
        }
    }
    return ring;
}

master_key make_key() {
    require_sodium();
    master_key key{};
    ::randombytes_buf(key.data(), key.size());
    return key;
}

} // namespace orch::crypto
