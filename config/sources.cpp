#include "config/sources.hpp"

#include "core/byte_sizes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

extern char** environ;

namespace orch::config {

namespace {

constexpr std::size_t file_bytes_max = mib;

enum class presence { required, optional };
enum class trust { any_owner, root_only };

struct candidate {
    std::string path;
    presence needed = presence::optional;
    trust wanted = trust::any_owner;
};

class descriptor {
public:
    explicit descriptor(int number) : number_(number) {}
    ~descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

text_map whole_environment() {
    text_map out;
    for (char** each = environ; each != nullptr && *each != nullptr; ++each) {
        const std::string_view variable = *each;
        const auto equals = variable.find('=');
        if (equals != variable.npos) {
            out.emplace(variable.substr(0, equals), variable.substr(equals + 1));
        }
    }
    return out;
}

machine this_machine() {
    std::error_code ignored;
    auto directory = std::filesystem::current_path(ignored).string();
    return {.processors = std::max(1U, std::thread::hardware_concurrency()),
            .is_root = ::geteuid() == 0,
            .working_directory = directory.empty() ? "/" : std::move(directory)};
}

std::optional<std::string> objection(int file, trust wanted) {
    struct stat about {};
    if (::fstat(file, &about) != 0) {
        return std::strerror(errno);
    }
    if (!S_ISREG(about.st_mode)) {
        return "is not a file";
    }
    if (static_cast<std::size_t>(about.st_size) > file_bytes_max) {
        return fmt::format("is larger than {} bytes", file_bytes_max);
    }
    if (wanted == trust::root_only && (about.st_uid != 0 || (about.st_mode & 022) != 0)) {
        return "may be written by other accounts than root; chown it to root with mode 0644, or "
               "name it with --config";
    }
    return std::nullopt;
}

result<std::string> read_all(int file) {
    std::string text;
    std::array<char, 16 * kib> buffer{};
    while (text.size() <= file_bytes_max) {
        const auto count = ::read(file, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return errno_error("cannot be read", errno);
        }
        if (count == 0) {
            return text;
        }
        text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return error{errc::too_large, "grows while it is read"};
}

enum class search { found, absent };

search try_file(const candidate& wanted, sources& into) {
    // Not blocking, so that a named pipe cannot hang the start.
    const descriptor file(::open(wanted.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.number() < 0) {
        const bool missing = errno == ENOENT || errno == ENOTDIR;
        if (missing && wanted.needed == presence::optional) {
            return search::absent;
        }
        auto detail = errno_error("cannot be opened", errno).detail;
        if (errno == EACCES) {
            detail += "; run this as the account that mcp-orch runs as, or as root";
        }
        into.mistakes.push_back({wanted.path, std::move(detail)});
        return search::found;
    }
    if (auto refused = objection(file.number(), wanted.wanted)) {
        into.mistakes.push_back({wanted.path, std::move(*refused)});
        return search::found;
    }
    auto text = read_all(file.number());
    if (!text) {
        into.mistakes.push_back({wanted.path, text.error().detail});
        return search::found;
    }
    into.file = config_file{wanted.path, std::move(*text)};
    return search::found;
}

std::vector<candidate> candidates(const sources& from,
                                  const std::optional<std::string>& config_path) {
    if (config_path) {
        return {{.path = *config_path, .needed = presence::required}};
    }
    if (const auto named = from.environment.find(config_file_variable);
        named != from.environment.end() && !named->second.empty()) {
        return {{.path = named->second, .needed = presence::required}};
    }
    std::vector<candidate> out;
    if (const auto data_dir = early_data_dir(from); !data_dir.empty()) {
        out.push_back({.path = data_dir + "/config.toml",
                       .wanted = from.on.is_root ? trust::root_only : trust::any_owner});
    }
    out.push_back({.path = "/etc/mcp-orch/config.toml"});
    return out;
}

} // namespace

sources gather(text_map flags, const std::optional<std::string>& config_path) {
    sources out;
    out.environment = whole_environment();
    out.flags = std::move(flags);
    out.on = this_machine();
    for (const auto& each : candidates(out, config_path)) {
        if (try_file(each, out) == search::found) {
            break;
        }
    }
    return out;
}

} // namespace orch::config
