#include "reports/survey_page.hpp"

#include <fmt/format.h>

#include <kainjow/mustache.hpp>

#include "reports/page_parts.hpp"
#include "reports/phase_diagram.hpp"

namespace ncverify::reports {

namespace {

using kainjow::mustache::data;
using kainjow::mustache::list;

// "h1, h2: 0.7071" for each pair of features that are not zero.
std::string cosines_text(const properties::SurveyPoint& point) {
    std::string text;
    for (std::size_t k = 0; k < point.cosines.size(); ++k) {
        for (std::size_t l = k + 1; l < point.cosines.size(); ++l) {
            if (!point.cosines[k][l].empty()) {
                text += fmt::format("{}{}, {}: {:.4f}", text.empty() ? "" : "; ", k + 1, l + 1,
                                    std::stod(point.cosines[k][l]));
            }
        }
    }
    return text;
}

data row_of(const properties::SurveyPoint& point) {
    std::string dead;
    for (const long k : point.dead) {
        dead += (dead.empty() ? "" : ", ") + std::to_string(k + 1);
    }
    data row;
    row.set("decay", point.decay);
    row.set("objective", point.objective);
    row.set("gap", point.relative_gap + (point.certified ? "" : ", not certified"));
    row.set("structure", point.structure);
    row.set("dead", dead.empty() ? "none" : dead);
    row.set("cosines", cosines_text(point));
    return row;
}

data boundary_of(const properties::PhaseBoundary& boundary) {
    data one;
    one.set("below", boundary.below.structure);
    one.set("above", boundary.above.structure);
    one.set("from", boundary.below.decay);
    one.set("to", boundary.above.decay);
    one.set("loss", boundary.below.objective);
    return one;
}

std::string counts_text(const properties::SurveyLine& line) {
    std::string text;
    for (const long long count : line.configuration.counts) {
        text += (text.empty() ? "" : ", ") + std::to_string(count);
    }
    return text;
}

}  // namespace

std::string survey_page(const properties::Survey& survey) {
    list lines;
    std::size_t points = 0, certified = 0, boundaries = 0;
    for (const properties::SurveyedLine& line : survey.lines) {
        list rows, changes;
        for (const properties::SurveyPoint& point : line.points) {
            rows.push_back(row_of(point));
            ++points;
            certified += point.certified ? 1 : 0;
        }
        for (const properties::PhaseBoundary& boundary : line.boundaries) {
            changes.push_back(boundary_of(boundary));
            ++boundaries;
        }
        data one;
        one.set("counts", counts_text(line.line));
        one.set("dimension", std::to_string(line.line.configuration.dimension));
        one.set("points", data(rows));
        one.set("boundaries", data(changes));
        lines.push_back(one);
    }
    data page;
    page.set("summary", fmt::format("{} of {} minima certified, {} boundar{} between structures{}", certified,
                                    points, boundaries, boundaries == 1 ? "y" : "ies",
                                    survey.interrupted ? "; interrupted" : ""));
    page.set("style", std::string(page_parts::style));
    page.set("diagram", phase_diagram(survey));
    page.set("digits", std::to_string(survey.digits));
    page.set("lines", data(lines));
    page.set("version", NCVERIFY_VERSION);
    kainjow::mustache::mustache text{std::string(page_parts::survey_page)};
    return text.render(page);
}

}  // namespace ncverify::reports
