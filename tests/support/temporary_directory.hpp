#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

namespace orch::test {

/// A directory of its own below /tmp, gone with the object.
class temporary_directory {
public:
    temporary_directory() {
        if (::mkdtemp(path_.data()) == nullptr) {
            throw std::runtime_error{"cannot create " + path_};
        }
    }
    ~temporary_directory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    temporary_directory(const temporary_directory&) = delete;
    temporary_directory& operator=(const temporary_directory&) = delete;

    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

private:
    std::string path_ = "/tmp/orch-test-XXXXXX";
};

} // namespace orch::test
