#include "crypto/key_file.hpp"

#include "crypto/encoding.hpp"
#include "crypto/random.hpp"
#include "crypto/sodium.hpp"

#include <sodium.h>

#include <fmt/format.h>

#include <cerrno>
#include <filesystem>
#include <string_view>

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

/// Writes a fresh key under a name of its own and links it to `path`, which fails when the name is
/// taken: whoever opens `path` finds a whole key, also after a crash in between.
result<void> create(const std::string& path, master_key& key) {
    const std::string draft = fmt::format("{}.{}.new", path, random_token(8));
    const descriptor file(
        ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file.is_open()) {
        return errno_error("creating key file " + path, errno);
    }
    ::randombytes_buf(key.data(), key.size());
    wiped_text line;
    line.text.reserve(line_bytes);
    wiped_text digits{to_hex({reinterpret_cast<const char*>(key.data()), key.size()})};
    line.text.append(label).append(digits.text).append("\n");

    auto written = write_and_sync(file, line.text);
    if (written && ::link(draft.c_str(), path.c_str()) != 0) {
        written = errno_error("naming", errno);
    }
    ::unlink(draft.c_str());
    if (!written) {
        return error{written.error().code,
                     "creating key file " + path + ": " + written.error().detail};
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

result<void> read(const descriptor& file, const std::string& path, master_key& key) {
    wiped_text line{std::string(line_bytes + 1, '\0')};
    const auto got = ::pread(file.number(), line.text.data(), line.text.size(), 0);
    if (got < 0) {
        return errno_error("reading key file " + path, errno);
    }
    const std::string_view text(line.text.data(), static_cast<std::size_t>(got));
    if (text.size() != line_bytes) {
        return error{errc::invalid_argument,
                     fmt::format("key file {} has not the {} bytes of a key", path, line_bytes)};
    }
    std::size_t size = 0;
    const std::string_view digits = text.substr(label.size(), 2 * master_key_bytes);
    if (!text.starts_with(label) || text.back() != '\n' ||
        ::sodium_hex2bin(key.data(), key.size(), digits.data(), digits.size(), nullptr, &size,
                         nullptr) != 0) {
        return error{errc::invalid_argument,
                     "key file " + path + " does not hold a key of this program"};
    }
    return {};
}

} // namespace

result<void> load_or_create_key(const std::string& path, master_key& key) {
    require_sodium();
    const descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!file.is_open() && errno == ENOENT) {
        return create(path, key);
    }
    if (!file.is_open() && errno == ELOOP) {
        return error{errc::forbidden, "key file " + path + " is a symbolic link"};
    }
    if (!file.is_open()) {
        return errno_error("opening key file " + path, errno);
    }
    if (auto allowed = check_owner_and_mode(file, path); !allowed) {
        return allowed;
    }
    return read(file, path, key);
}

} // namespace orch::crypto
