#include "cli/messages.hpp"

#include <iostream>

#include "cli/progress.hpp"
#include "reports/text.hpp"

namespace ncverify::cli {

void say(const std::string& message) {
    clear_progress_bar();
    std::cerr << "ncverify: " + reports::visible(message) + "\n";
}

void say_unless_empty(const std::string& message) {
    if (!message.empty()) {
        say(message);
    }
}

void say_report(const std::string& path) {
    clear_progress_bar();
    std::cerr << "report: " + reports::visible(path) + "\n";
}

}  // namespace ncverify::cli
