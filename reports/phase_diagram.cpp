#include "reports/phase_diagram.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace ncverify::reports {

namespace {

constexpr double left = 110, top = 40, plot_width = 620, row_height = 34, legend_line = 22, tick_room = 48;

// Colours that also differ in lightness (Okabe and Ito).
constexpr std::array palette = {"#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9",
                                "#d55e00", "#f0e442", "#999999", "#332288", "#88ccee"};

// The structures, in the order in which rising decays meet them, row by row.
std::vector<std::string> structures_of(const properties::Survey& survey) {
    std::vector<std::string> structures;
    const auto meet = [&structures](const properties::SurveyPoint& point) {
        if (std::find(structures.begin(), structures.end(), point.structure) == structures.end()) {
            structures.push_back(point.structure);
        }
    };
    for (const properties::SurveyedLine& line : survey.lines) {
        std::for_each(line.points.begin(), line.points.end(), meet);
        for (const properties::PhaseBoundary& boundary : line.boundaries) {
            meet(boundary.below);
            meet(boundary.above);
        }
    }
    return structures;
}

struct Axis {
    double from, to;

    double at(double decay) const { return left + plot_width * std::log(decay / from) / std::log(to / from); }
};

Axis axis_of(const properties::Survey& survey) {
    Axis axis{1e300, 0};
    for (const properties::SurveyedLine& line : survey.lines) {
        axis.from = std::min(axis.from, line.line.from);
        axis.to = std::max(axis.to, line.line.to);
    }
    axis.to = std::max(axis.to, axis.from * 1.01);
    return axis;
}

std::string ticks(const Axis& axis, double bottom) {
    std::string svg;
    for (int power = static_cast<int>(std::floor(std::log10(axis.from))); power <= 1; ++power) {
        for (const int digit : {1, 2, 5}) {
            const double decay = digit * std::pow(10.0, power);
            if (decay < axis.from * 0.999 || decay > axis.to * 1.001) {
                continue;
            }
            svg += fmt::format(
                "<line x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\" stroke=\"#ccc\"/>\n"
                "<text x=\"{0:.1f}\" y=\"{3}\" text-anchor=\"middle\">{4:g}</text>\n",
                axis.at(decay), top - 6, bottom, bottom + 16, decay);
        }
    }
    return svg;
}

}  // namespace

std::string phase_diagram(const properties::Survey& survey) {
    const std::vector<std::string> structures = structures_of(survey);
    const auto index_of = [&structures](const properties::SurveyPoint& point) {
        return static_cast<std::size_t>(std::find(structures.begin(), structures.end(), point.structure) -
                                        structures.begin());
    };
    const Axis axis = axis_of(survey);
    const double bottom = top + row_height * static_cast<double>(survey.lines.size());
    const double height = bottom + tick_room + legend_line * static_cast<double>(structures.size() + 1);
    std::string svg = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" "
        "font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n<title>Certified structures of the global minimisers"
        "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
        left + plot_width + 40, height);
    svg += ticks(axis, bottom);
    svg += fmt::format(
        "<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\">decay l = lambda_W = lambda_H</text>\n",
        left + plot_width / 2, bottom + 34);
    svg += fmt::format("<text x=\"8\" y=\"{}\">counts</text>\n", top - 16);
    double y = top + row_height / 2;
    for (const properties::SurveyedLine& line : survey.lines) {
        svg += fmt::format("<text x=\"8\" y=\"{:.1f}\">{}, d = {}</text>\n", y + 4,
                           counts_text(line.line.configuration.counts), line.line.configuration.dimension);
        for (const properties::SurveyPoint& point : line.points) {
            const std::size_t index = index_of(point);
            const char* colour = palette[index % palette.size()];
            const double x = axis.at(std::stod(point.decay));
            svg += fmt::format(
                "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"14\" height=\"14\" fill=\"{}\" stroke=\"{}\"><title>l = {}: {}, "
                "loss {}</title></rect>\n<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" font-size=\"10\" "
                "stroke=\"#fff\" stroke-width=\"2.5\" paint-order=\"stroke\">{}</text>\n",
                x - 7, y - 7, point.certified ? colour : "#fff", colour, point.decay, point.structure,
                point.objective, x, y + 3.5, index + 1);
        }
        for (const properties::PhaseBoundary& boundary : line.boundaries) {
            const double x =
                axis.at(std::sqrt(std::stod(boundary.below.decay) * std::stod(boundary.above.decay)));
            svg += fmt::format(
                "<line x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\" stroke=\"#000\" stroke-width=\"2\"><title>"
                "between l = {3} and {4}</title></line>\n",
                x, y - 13, y + 13, boundary.below.decay, boundary.above.decay);
        }
        y += row_height;
    }
    y = bottom + tick_room + legend_line / 2;
    svg += fmt::format(
        "<text x=\"8\" y=\"{:.1f}\">structure: which coordinates each class uses, in the order of the "
        "counts; hollow: not certified</text>\n",
        y + 4);
    for (std::size_t i = 0; i < structures.size(); ++i) {
        y += legend_line;
        svg += fmt::format(
            "<rect x=\"8\" y=\"{:.1f}\" width=\"14\" height=\"14\" fill=\"{}\"/>\n<text x=\"30\" y=\"{:.1f}\">"
            "{}: {}</text>\n",
            y - 7, palette[i % palette.size()], y + 4, i + 1, structures[i].empty() ? "-" : structures[i]);
    }
    return svg + "</svg>\n";
}

}  // namespace ncverify::reports
