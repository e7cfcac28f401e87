// Arrays: what is written is read back, and a matrix's chunks are its rows.
#include <catch2/catch.hpp>

#include "files/npz.hpp"
#include "files/row_reader.hpp"
#include "problem/errors.hpp"
#include "tests/files/temporary_folder.hpp"

using namespace ncverify;
using namespace ncverify::files;

TEST_CASE("an archive that was written holds its arrays, in either case by name") {
    const TemporaryFolder folder;
    const std::string path = folder.file("point.npz");
    Eigen::MatrixXd w(2, 3), h(1, 2);
    w << 1, -2.5, 1e-300, 4, 0.1, 6;
    h << 7, 8;
    write_npz(path, "--save", {{"W", w}, {"H", h}}, {3, -1, 2});
    RowReader reader(open_array(path + ":W", "--classifier", {}));
    CHECK(reader.array().header.shape == std::vector<long long>{2, 3});
    const auto chunk = reader.next();
    REQUIRE(chunk);
    CHECK(chunk->values() == w);
    CHECK_FALSE(reader.next());
    const StoredArray labels = open_array(path, "--labels", {"Y", "labels"});
    CHECK(labels.key == "Y");
    CHECK(labels.header.shape == std::vector<long long>{3});
    std::byte bytes[24];
    labels.bytes->read(0, bytes, sizeof bytes);
    CHECK(to_whole_number(labels.header.type, bytes + 8) == -1);
    CHECK_THROWS_AS(open_array(path, "--features", {}), InputError);  // which one?
    CHECK_THROWS_AS(open_array(path + ":none", "--features", {}), InputError);
}

TEST_CASE("a reader's chunks cover the rows once, again after a rewind") {
    const TemporaryFolder folder;
    std::vector<float> numbers(10000 * 3);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        numbers[i] = static_cast<float>(i);
    }
    write_npy(folder.file("m.npy"), "<f4", "10000, 3", numbers);
    RowReader reader(open_array(folder.file("m.npy"), "--features", {}));
    for (int pass = 0; pass < 2; ++pass) {
        Eigen::Index rows = 0;
        while (const auto chunk = reader.next()) {
            REQUIRE(chunk->first == rows);
            const RowMatrix values = chunk->values();
            for (Eigen::Index i = 0; i < values.size(); ++i) {
                REQUIRE(values.data()[i] == static_cast<double>(3 * rows + i));
            }
            rows += chunk->count;
        }
        CHECK(rows == 10000);
        reader.rewind();
    }
}
