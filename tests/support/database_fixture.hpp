#pragma once

#include "storage/database.hpp"
#include "storage/private_cluster.hpp"

#include <future>
#include <memory>
#include <string>
#include <vector>

namespace orch::test {

/// A private PostgreSQL in a directory of its own below /tmp, made and started by the commands of
/// `private_cluster`. It ends with the test program, also when that one crashes.
///
/// PostgreSQL refuses to run as root: there the whole test program becomes the account `postgres`
/// before the first cluster starts.
class database_cluster {
public:
    /// `settings` are further arguments of the server.
    explicit database_cluster(std::vector<std::string> settings = {});
    ~database_cluster();
    database_cluster(const database_cluster&) = delete;
    database_cluster& operator=(const database_cluster&) = delete;

    /// The one of this test program, started on first use. It does not sync to disk: nothing here
    /// has to survive a power loss, and a shutdown would sync every database.
    [[nodiscard]] static database_cluster& shared();

    /// Returns when the server takes connections.
    void start();
    /// Ends all connections; returns when the server is gone.
    void stop();

    [[nodiscard]] const storage::private_cluster& layout() const { return layout_; }
    [[nodiscard]] const std::string& directory() const { return directory_; }
    [[nodiscard]] int pid() const { return pid_; }
    /// A connection string for that database.
    [[nodiscard]] std::string connection(const std::string& database) const;

private:
    std::string directory_;
    storage::private_cluster layout_;
    std::vector<std::string> settings_;
    int pid_ = 0;
    std::future<void> log_;
};

/// A fresh database of the shared cluster, dropped with the cluster.
class database_fixture {
public:
    enum class schema { migrated, empty };
    explicit database_fixture(schema wanted = schema::migrated);

    [[nodiscard]] storage::database_options options() const;
    /// Runs `work` on this fixture's own session; a failure fails the test.
    void run(const std::function<void(pqxx::connection&)>& work);
    /// The first field of the first row, as text.
    void apply(const std::string& sql);
    [[nodiscard]] std::string value(const std::string& sql);

private:
    std::string name_;
    std::unique_ptr<storage::session> session_;
};

} // namespace orch::test
