#include "reports/measure_page.hpp"

#include <kainjow/mustache.hpp>

#include "measure/measurement_json.hpp"
#include "measure/number_text.hpp"
#include "reports/html_page.hpp"
#include "reports/page_parts.hpp"
#include "reports/text.hpp"

namespace ncverify::reports {

namespace {

using kainjow::mustache::data;
using kainjow::mustache::list;

// Names and values, for readers without scripts.
data rows_of(const measure::Measurement& measured) {
    list rows;
    const auto add = [&](const std::string& name, const std::string& value) {
        data row;
        row.set("name", name);
        row.set("value", visible(value));
        rows.push_back(row);
    };
    const auto add_metric = [&](const std::string& name, const std::optional<double>& value) {
        add(name, measure::number_text(value).value_or("undefined"));
    };
    add("samples", std::to_string(measured.samples()));
    add("classified right (argmax)", std::to_string(measured.first()));
    add("classified right strictly", std::to_string(measured.correct()));
    add_metric("NC1 (19)", measured.nc1);
    add_metric("NC2 (20)", measured.nc2);
    add_metric("NC3 (21)", measured.nc3);
    for (const measure::NamedMetric& one : measure::named_metrics) {
        add_metric(one.name, measured.usual.class_means.*one.value);
        if (measured.targets) {
            add_metric(std::string(one.name) + " at the optimum", measured.targets->class_means.*one.value);
        }
    }
    if (measured.gap) {
        const certificates::GapTerms& terms = measured.gap->terms;
        for (const auto& [name, value] :
             {std::pair("loss", measured.gap->loss), std::pair("lower bound", measured.gap->lower_bound),
              std::pair("gap", terms.sum()), std::pair("gap: logits", terms.logits),
              std::pair("gap: classifier", terms.classifier),
              std::pair("gap: orthogonality", terms.orthogonality),
              std::pair("gap: within_class", terms.within_class),
              std::pair("gap: collapsed", terms.collapsed)}) {
            add(name, measure::number_text(value));
        }
    }
    return data(rows);
}

data notes_of(const std::vector<std::string>& notes) {
    list texts;
    for (const std::string& note : notes) {
        data one;
        one.set("note", visible(note));
        texts.push_back(one);
    }
    return data(texts);
}

}  // namespace

std::string measure_page(const measure::Measurement& measured, const MeasurePage& page) {
    data plain;
    plain.set("summary", visible(page.summary));
    plain.set("notes", notes_of(page.notes));
    plain.set("rows", rows_of(measured));
    plain.set("version", NCVERIFY_VERSION);
    const bool too_many = measured.classes.size() > most_measured_classes;
    kainjow::mustache::mustache text{std::string(page_parts::measure_plain)};
    return html_page(
        {"ncverify measure",
         text.render(plain),
         {{"measure", measure::to_json(measured, page.theory, page.notes,
                                       {.matrices = page.matrices && !too_many, .timing = false})},
          {"matrices_left_out", too_many},
          {"version", NCVERIFY_VERSION}},
         page_parts::measure_script,
         page_parts::measure_policy});
}

}  // namespace ncverify::reports
