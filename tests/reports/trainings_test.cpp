// Trained networks beside a trial: what is kept of a trajectory, and what is told of it.
#include "reports/trainings.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "files/json_text.hpp"
#include "problem/errors.hpp"
#include "reports/markdown_writer.hpp"
#include "reports/merge.hpp"
#include "reports/report_reader.hpp"
#include "tests/reports/small_report.hpp"

using namespace ncverify;
using namespace ncverify::reports;
namespace fs = std::filesystem;

namespace {

// The training that is committed with the paper's experiments.
const fs::path results = fs::path(NCVERIFY_REFERENCE_DIR) / "../../experiments/results/mlp256-mnist";

Json committed() {
    return read_training(results / "trajectory.json", results / "..");
}

}  // namespace

TEST_CASE("of a trajectory its last snapshot is kept, with a link to its page", "[fast]") {
    const Json training = committed();
    CHECK(training.at("name") == "mlp256-mnist");
    CHECK(training.at("page") == "mlp256-mnist/index.html");
    CHECK(training.at("samples") == 3000);
    CHECK(training.at("terms").size() == 5);
    CHECK(training_summary(training) == training);
    CHECK(read_training(results / "trajectory.json", "").at("page").is_null());
}

TEST_CASE("a training that a report cannot have kept is refused", "[fast]") {
    const auto altered = [](const char* key, const Json& value) {
        Json training = committed();
        training[key] = value;
        return training;
    };
    for (const char* link : {"javascript:alert(1)", "/etc/passwd", "//else.where/x", "a\\b", "x?y", ""}) {
        INFO(link);
        CHECK_THROWS_AS(training_summary(altered("page", link)), InputError);
    }
    for (const char* text : {"", "1e", "nan", "1 ", "inf", "<b>"}) {
        INFO(text);
        CHECK_THROWS_AS(training_summary(altered("loss", text)), InputError);
    }
    CHECK_THROWS_AS(training_summary(altered("samples", -1)), InputError);
    CHECK_THROWS_AS(training_summary(altered("name", "")), InputError);
    CHECK_THROWS(training_summary(altered("terms", Json::object())));
    CHECK_THROWS_AS(read_training(results / "README.md", ""), InputError);
    CHECK_THROWS_AS(read_training(results / "absent.json", ""), InputError);
}

TEST_CASE("reports keep trainings when they are merged and read back, and Markdown tells of them", "[fast]") {
    Report one = small_report(), other = small_report();
    one.trainings.push_back(committed());
    other.trainings.push_back(committed());
    CHECK(merge(one, other).trainings == one.trainings);
    const std::string text = markdown_text(one);
    CHECK(text.find("Trained network mlp256-mnist: 3000 of 3000 samples") != std::string::npos);
    CHECK(text.find("% of that orthogonality") != std::string::npos);
    CHECK(markdown_text(small_report()).find("Trained network") == std::string::npos);
}
