#include "cli/messages.hpp"

#include <iostream>

#include "reports/text.hpp"

namespace ncverify::cli {

void say(const std::string& message) {
    std::cerr << "ncverify: " + reports::visible(message) + "\n";
}

void say_report(const std::string& path) {
    std::cerr << "report: " + reports::visible(path) + "\n";
}

}  // namespace ncverify::cli
