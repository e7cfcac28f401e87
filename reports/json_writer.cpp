#include "reports/json_writer.hpp"

namespace ncverify::reports {

std::string json_text(const Report& report) {
    return to_json(report).dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace ncverify::reports
