// Tasks and findings as messages between processes: nothing is rounded.
#pragma once

#include <string>

#include "campaign/work.hpp"

namespace ncverify::campaign {

std::string to_message(const Plan& plan, const Task& task);
std::string to_message(const Plan& plan, const Finding& finding);

/// What `to_message` made. Throws InputError or nlohmann's exceptions for anything else.
Task task_of_message(const Plan& plan, const std::string& message);
Finding finding_of_message(const Plan& plan, const std::string& message);

/// A real number in the digits that say it exactly; none as "".
std::string exact_text(const std::optional<double>& value);
/// What that made.
std::optional<double> exact_value(const std::string& text);

/// Names and values as a JSON object's text, in their order; and back.
std::string values_text(const std::vector<trial::NamedValue>& values);
std::vector<trial::NamedValue> values_of_text(const std::string& text, const std::string& where);

/// The evidence that trial's to_string calls so; none for "".
std::optional<trial::Evidence> evidence_named(const std::string& word, const std::string& where);

}  // namespace ncverify::campaign
