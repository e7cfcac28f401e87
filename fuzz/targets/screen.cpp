// screen.json: its record, written and united with itself.
#include <nlohmann/json.hpp>

#include "files/json_text.hpp"
#include "fuzz/promises.hpp"
#include "screen/screen_json.hpp"

namespace ncverify::fuzz {

void try_input(const std::string& input) {
    const auto record = accepted([&]() -> std::optional<screen::ScreenRecord> {
        try {
            return screen::parse_record(files::parse_json(input, "screen.json"));
        } catch (const nlohmann::json::exception&) {  // the other refusal that `parse_record` declares
            return std::nullopt;
        }
    });
    if (!record || !*record) {
        return;
    }
    const std::string written = screen::to_json(**record).dump();
    require(screen::to_json(screen::parse_record(files::parse_json(written, "again"))).dump() == written,
            "a record that is written reads back");
    std::vector<screen::ScreenRecord> records{**record};
    screen::unite(records, {**record});
    require(records.size() == 1 && screen::to_json(records[0]).dump() == written,
            "a screen counts once, however often it is given");
}

}  // namespace ncverify::fuzz
