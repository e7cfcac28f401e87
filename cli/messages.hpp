// What the program says on standard error.
#pragma once

#include <string>

namespace ncverify::cli {

/// "ncverify: MESSAGE" as one line. What input may bring into a message, such as a file's name with control
/// characters, is escaped.
void say(const std::string& message);

/// The same where there is a message.
void say_unless_empty(const std::string& message);

/// "report: PATH", the page that was written.
void say_report(const std::string& path);

}  // namespace ncverify::cli
