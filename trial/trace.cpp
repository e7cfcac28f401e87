#include "trial/trace.hpp"

#include <cctype>

namespace ncverify::trial {

namespace {

bool digit(char letter) {
    return std::isdigit(static_cast<unsigned char>(letter)) != 0;
}

// Whether the number begun may go on here: "1e-30", "2.5".
bool goes_on(const std::string& name, std::size_t i) {
    const auto next = [&](std::size_t ahead) { return i + ahead < name.size() && digit(name[i + ahead]); };
    if (digit(name[i])) {
        return true;
    }
    if (name[i] == '.') {
        return next(1);
    }
    return name[i] == 'e' && (next(1) || (i + 1 < name.size() && name[i + 1] == '-' && next(2)));
}

}  // namespace

std::string comparison_kind(const std::string& name) {
    std::string kind;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (!digit(name[i])) {
            kind += name[i];
            continue;
        }
        while (i + 1 < name.size() && goes_on(name, i + 1)) {
            i += name[i + 1] == 'e' && name[i + 2] == '-' ? 2 : 1;
        }
        // "{1,2,5}" and "{3}" are lists of numbers all the same.
        if (kind.size() >= 2 && kind.compare(kind.size() - 2, 2, "#,") == 0) {
            kind.pop_back();
        } else {
            kind += '#';
        }
    }
    return kind;
}

bool Watch::is_wrong(const std::string& kind) const {
    if (trace != nullptr) {
        trace->seen.insert(kind);
    }
    return !wrong.empty() && wrong == kind;
}

void Watch::failed(const std::string& kind) const {
    if (trace != nullptr) {
        trace->failed.insert(kind);
    }
}

Enclosure off(const Enclosure& value) {
    return value * (Enclosure(1) + Enclosure(0x1p-20));
}

Enclosure far_off(const Enclosure& value) {
    return value * Enclosure(0x1p20);
}

}  // namespace ncverify::trial
