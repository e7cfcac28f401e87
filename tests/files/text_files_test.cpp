// Whole files: written whole or not at all, read with a limit.
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <thread>

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

TEST_CASE("a file that grows appears when it is put in place, and not at all where it is given up") {
    const TemporaryFolder folder;
    const auto entries = [&] {
        const std::filesystem::directory_iterator found(folder.path());
        return std::distance(begin(found), end(found));
    };
    {
        AtomicFile given_up(folder.file("file"));
        given_up.append("part");
        CHECK(entries() == 0);
    }
    CHECK(entries() == 0);
    write_atomically(folder.file("file"), "former");
    AtomicFile file(folder.file("file"));
    file.append("one");
    file.append("");
    file.append(" two");
    CHECK(read_file(folder.file("file"), "test") == "former");
    file.put_in_place();
    CHECK(read_file(folder.file("file"), "test") == "one two");
    CHECK(entries() == 1);
    AtomicFile full("/dev/full");
    CHECK_THROWS_AS(full.append("x"), InputError);
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

TEST_CASE("what a killed run left does not block the next, be its process number the same") {
    const TemporaryFolder folder;
    // As they were once called: after the process and a counter.
    for (int number = 0; number < 2000; ++number) {
        std::ofstream(
            folder.file(".file." + std::to_string(::getpid()) + "." + std::to_string(number) + ".tmp"));
    }
    write_atomically(folder.file("file"), "one");
    write_atomically(folder.file("file"), "two");
    CHECK(read_file(folder.file("file"), "test") == "two");
}

TEST_CASE("where one of several files cannot be written the others are, and it is named") {
    const TemporaryFolder folder;
    files::create_directory(folder.path() / "taken");
    const auto text = [] { return std::string("text"); };
    CHECK_THROWS_WITH(write_each(folder.path(), {{"a", text}, {"taken", text}, {"b", text}}),
                      Catch::Contains("1 of 3 files were not written: taken cannot be written"));
    CHECK(read_file(folder.file("a"), "test") == "text");
    CHECK(read_file(folder.file("b"), "test") == "text");
}

TEST_CASE("many threads write one file, and it is always whole") {
    const TemporaryFolder folder;
    std::vector<std::thread> threads;
    for (const char letter : {'a', 'b', 'c', 'd'}) {
        threads.emplace_back([&folder, letter] {
            for (int times = 0; times < 20; ++times) {
                write_atomically(folder.file("file"), std::string(100000, letter));
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    const std::string text = read_file(folder.file("file"), "test");
    CHECK(text == std::string(100000, text.front()));
    const std::filesystem::directory_iterator entries(folder.path());
    CHECK(std::distance(begin(entries), end(entries)) == 1);
}

TEST_CASE("a pipe is read to its end") {
    const TemporaryFolder folder;
    REQUIRE(::mkfifo(folder.file("pipe").c_str(), 0600) == 0);
    std::thread writer([&folder] {
        std::ofstream pipe(folder.file("pipe"));
        pipe << std::string(300000, 'x') << std::flush;
        ::usleep(50000);
        pipe << "end";
    });
    const std::string text = read_file(folder.file("pipe"), "test");
    writer.join();
    std::string whole(300000, 'x');
    whole.append("end");
    CHECK(text == whole);
}
