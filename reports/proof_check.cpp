#include "reports/proof_check.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "files/atomic_file.hpp"
#include "files/read_file.hpp"
#include "problem/errors.hpp"

namespace ncverify::reports {

namespace {

constexpr const char* asked_by = "--check-proofs";

// A folder that goes away with its contents.
class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "ncverify-proofs-XXXXXX").string();
        if (!mkdtemp(pattern.data())) {
            throw InputError("no temporary folder can be made", asked_by,
                             "a folder for temporary files that can be written, named by TMPDIR");
        }
        path_ = pattern;
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code unremoved;
        std::filesystem::remove_all(path_, unremoved);
    }
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

// Runs python3 with these arguments; what it says goes to `log`. False where it did not end well.
bool run_python(std::vector<std::string> arguments, const std::string& log) {
    arguments.insert(arguments.begin(), "python3");
    std::vector<char*> pointers;
    for (std::string& argument : arguments) {
        pointers.push_back(argument.data());
    }
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                     0600);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    pid_t child = 0;
    const int failed = posix_spawnp(&child, "python3", &actions, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        throw InputError("python3 cannot be run", asked_by, "Python 3 and Coq (scripts/install --proofs)");
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

std::string checked_now() {
    const TemporaryFolder folder;
    const std::filesystem::path sources = folder.path() / "sources", compiled = folder.path() / "compiled";
    files::create_directory(sources);
    for (const ProofFile& file : proof_files()) {
        files::write_atomically(sources / file.name, file.text);
    }
    const std::string log = (folder.path() / "log").string();
    if (!run_python({"-E", "-s", "-B", (sources / "check.py").string(), "fresh", compiled.string()}, log)) {
        const std::string said = files::read_file(log, "what check.py said");
        std::string problem = "Coq does not confirm the proofs: ";
        problem += said.substr(0, said.find('\n'));
        throw InputError(problem, asked_by,
                         "Coq, MathComp and Interval, as scripts/install --proofs installs them");
    }
    return files::read_file((compiled / "stamp.json").string(), "the stamp");
}

}  // namespace ncverify::reports
