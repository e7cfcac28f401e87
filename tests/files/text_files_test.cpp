// Whole files: written whole or not at all, read with a limit.
#include <catch2/catch.hpp>

#include "files/atomic_file.hpp"
#include "files/read_file.hpp"
#include "problem/errors.hpp"
#include "tests/files/temporary_folder.hpp"

using namespace ncverify;
using namespace ncverify::files;

TEST_CASE("a file appears whole, in place of a former one or behind a link, and nothing else is left") {
    const TemporaryFolder folder;
    files::create_directory(folder.path() / "deep" / "out");
    const std::string file = folder.file("deep/out/file");
    write_atomically(file, "one");
    write_atomically(file, "two");
    CHECK(read_file(file, "test") == "two");
    std::filesystem::create_symlink("file", folder.file("deep/out/link"));
    write_atomically(folder.file("deep/out/link"), "three");
    CHECK(std::filesystem::is_symlink(folder.file("deep/out/link")));
    CHECK(read_file(file, "test") == "three");
    const std::filesystem::directory_iterator entries(folder.path() / "deep" / "out");
    CHECK(std::distance(begin(entries), end(entries)) == 2);
    write_atomically("/dev/null", "gone");
    CHECK(std::filesystem::is_character_file("/dev/null"));
    CHECK_THROWS_AS(write_atomically(folder.path(), "x"), InputError);
    CHECK_THROWS_AS(write_atomically(folder.path() / "none" / "file", "x"), InputError);
    CHECK_THROWS_AS(files::create_directory(file), InputError);
}

TEST_CASE("what is no file, or larger than allowed, is not read") {
    const TemporaryFolder folder;
    write_atomically(folder.file("file"), "12345");
    CHECK(read_file(folder.file("file"), "test", 5) == "12345");
    CHECK_THROWS_AS(read_file(folder.file("file"), "test", 4), InputError);
    CHECK_THROWS_AS(read_file(folder.file("absent"), "test"), InputError);
    CHECK_THROWS_AS(read_file(folder.path().string(), "test"), InputError);
    CHECK_THROWS_WITH(read_file(folder.file("absent"), "--here"), Catch::StartsWith("--here: cannot read"));
}
