#include "storage/transact.hpp"

#include <pqxx/connection>
#include <pqxx/transaction>

namespace orch::storage {

result<void> transact(pqxx::connection& connection,
                      const std::function<result<void>(pqxx::transaction_base&)>& work) {
    pqxx::work transaction{connection};
    auto done = work(transaction);
    if (done) {
        transaction.commit();
    }
    return done;
}

} // namespace orch::storage
