#include "program/pending_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "program/signals.h"
#include "program/wrong_use.h"
#include "tests/lab/support/folder.h"

namespace program {
namespace {

namespace fs = std::filesystem;

using elu_lab::Error;
using elu_lab::Folder;

std::string Content(const fs::path& name) {
  std::ifstream file(name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::set<std::string> Names(const Folder& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder.Path())) names.insert(entry.path().filename().string());
  return names;
}

TEST(PendingFile, IsThereWhenItIsKept) {
  const Folder folder;
  const fs::path name = folder.Path() / "a";
  folder.Write("a", "old");
  {
    const PendingFile left(name);
    EXPECT_EQ(Names(folder), (std::set<std::string>{"a", left.path().filename().string()}));
  }
  EXPECT_EQ(Names(folder), std::set<std::string>{"a"});
  EXPECT_EQ(Content(name), "old");
  WriteFile(name, "new");
  EXPECT_EQ(Names(folder), std::set<std::string>{"a"});
  EXPECT_EQ(Content(name), "new");
}

TEST(PendingFile, KeepsALinkAndPermissions) {
  const Folder folder;
  folder.Write("a", "old");
  fs::permissions(folder.Path() / "a", fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("a", folder.Path() / "link");
  fs::create_symlink("new", folder.Path() / "to nothing");
  WriteFile(folder.Path() / "link", "through the link");
  WriteFile(folder.Path() / "to nothing", "there");
  EXPECT_TRUE(fs::is_symlink(folder.Path() / "link"));
  EXPECT_EQ(Content(folder.Path() / "a"), "through the link");
  EXPECT_EQ(Content(folder.Path() / "new"), "there");
  EXPECT_EQ(fs::status(folder.Path() / "a").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST(PendingFile, RemovesWhatKilledProgramsLeft) {
  const Folder folder;
  for (const char* name : {".elu-1-0.part", ".elu-2-0.part", ".elu-1-.part", ".elu-x-0.part", "x.part"}) {
    folder.Write(name, "");
  }
  const int locked = open((folder.Path() / ".elu-2-0.part").c_str(), O_WRONLY | O_CLOEXEC);
  ASSERT_EQ(flock(locked, LOCK_EX), 0);
  WriteFile(folder.Path() / "a", "");
  close(locked);
  EXPECT_EQ(Names(folder), (std::set<std::string>{".elu-2-0.part", ".elu-1-.part", ".elu-x-0.part", "x.part", "a"}));
}

TEST(PendingFile, RefusesWhatIsNoFile) {
  const Folder folder;
  const std::string name = folder.Path().string();
  EXPECT_EQ(Error([&] { WriteFile(name, "x"); }), "cannot write " + name + ": Is a directory");
  EXPECT_EQ(Error([] { WriteFile("/dev/null", "x"); }), "cannot write /dev/null: is no file");
  EXPECT_EQ(Error([] { WriteFile("/proc/no/such", "x"); }), "cannot write /proc/no/such: No such file or directory");
  fs::create_symlink("loop", folder.Path() / "loop");
  EXPECT_EQ(Error([&] { WriteFile(name + "/loop", "x"); }),
            "cannot write " + name + "/loop: Too many levels of symbolic links");
  EXPECT_EQ(Error([&] { RefuseUnlessFile("--output", name); }), "--output " + name + ": is a folder");
  EXPECT_THROW(RefuseUnlessFile("--output", "/dev/null"), WrongUse);
  EXPECT_NO_THROW(RefuseUnlessFile("--output", name + "/new"));
}

TEST(WriteFile, KeepsTheOldFileWhenWritingFails) {
  const Folder folder;
  const fs::path name = folder.Path() / "a";
  folder.Write("a", "old");
  rlimit before = {};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small = {4, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const std::string error = Error([&] { WriteFile(name, "new, and too long"); });
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_EQ(error, "cannot write " + name.string() + ": File too large");
  EXPECT_EQ(Content(name), "old");
  EXPECT_EQ(Names(folder), std::set<std::string>{"a"});
}

TEST(MakeOutputFolder, LeavesAnEmptyFolder) {
  const Folder folder;
  MakeOutputFolder(folder.Path() / "b" / "c");
  EXPECT_TRUE(fs::is_empty(folder.Path() / "b" / "c"));
  EXPECT_EQ(Error([] { MakeOutputFolder("/proc/elu"); }).find("cannot write /proc/elu: "), 0U);
}

TEST(Signals, RemoveThePendingFileBeforeTheyEndTheProgram) {
  const Folder folder;
  const auto end = [&] {
    const PendingFile pending(folder.Path() / "a");
    std::raise(SIGTERM);
  };
  EXPECT_EXIT(end(), testing::KilledBySignal(SIGTERM), "");
  EXPECT_EQ(Names(folder), std::set<std::string>());
}

TEST(Signals, LetAFileBeWrittenWhereTheyAreNoted) {
  const Folder folder;
  const auto write = [&] {
    NoteInterrupts();
    PendingFile pending(folder.Path() / "a");
    std::raise(SIGINT);
    pending.Keep();
    _exit(Interrupted());
  };
  EXPECT_EXIT(write(), testing::ExitedWithCode(SIGINT), "");
  EXPECT_EQ(Names(folder), std::set<std::string>{"a"});
}

}  // namespace
}  // namespace program
