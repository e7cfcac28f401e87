#include "reports/measure_page.hpp"

#include <kainjow/mustache.hpp>

#include "reports/html_page.hpp"
#include "reports/page_parts.hpp"
#include "reports/text.hpp"

namespace ncverify::reports {

namespace {

using kainjow::mustache::data;
using kainjow::mustache::list;
using nlohmann::ordered_json;

std::string text_of(const ordered_json& value) {
    return value.is_null() ? "undefined" : value.is_string() ? value.get<std::string>() : value.dump();
}

// Names and values; what is null is undefined.
data rows_of(const ordered_json& measurement) {
    list rows;
    const auto add = [&](const std::string& name, const ordered_json& value) {
        data row;
        row.set("name", name);
        row.set("value", visible(text_of(value)));
        rows.push_back(row);
    };
    add("samples", measurement.at("samples"));
    add("classified right", measurement.at("correct"));
    const ordered_json& metrics = measurement.at("metrics");
    add("NC1 (19)", metrics.at("nc1"));
    add("NC2 (20)", metrics.at("nc2"));
    add("NC3 (21)", metrics.at("nc3"));
    if (const ordered_json& gap = measurement.at("gap"); !gap.is_null()) {
        add("loss", gap.at("loss"));
        add("lower bound", gap.at("lower_bound"));
        add("gap", gap.at("gap"));
        for (const auto& [name, value] : gap.at("terms").items()) {
            add("gap: " + name, value);
        }
    }
    return data(rows);
}

data notes_of(const ordered_json& measurement) {
    list notes;
    for (const ordered_json& note : measurement.at("notes")) {
        data one;
        one.set("note", visible(text_of(note)));
        notes.push_back(one);
    }
    return data(notes);
}

}  // namespace

std::string measure_page(ordered_json measurement, const std::string& summary) {
    data plain;
    plain.set("summary", visible(summary));
    plain.set("notes", notes_of(measurement));
    plain.set("rows", rows_of(measurement));
    plain.set("version", NCVERIFY_VERSION);
    measurement.erase("timing");
    const bool left_out = measurement.at("classes").size() > most_measured_classes;
    if (left_out) {
        for (const char* matrix :
             {"feature_gram", "feature_cosine", "classifier_gram", "classifier_cosine", "logits"}) {
            measurement.erase(matrix);
        }
        if (!measurement.at("theory").is_null()) {
            measurement["theory"].erase("classifier_gram");
            measurement["theory"].erase("classifier_cosine");
        }
    }
    kainjow::mustache::mustache text{std::string(page_parts::measure_plain)};
    return html_page({"ncverify measure",
                      text.render(plain),
                      {{"measure", std::move(measurement)},
                       {"matrices_left_out", left_out},
                       {"version", NCVERIFY_VERSION}},
                      page_parts::measure_script,
                      page_parts::measure_policy});
}

}  // namespace ncverify::reports
