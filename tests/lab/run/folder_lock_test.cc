// One program at a time in a folder, or at a part of the work there.
#include "lab/run/folder_lock.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>
#include <vector>

#include "tests/lab/support/folder.h"

namespace elu_lab {
namespace {

TEST(FolderLock, RefusesASecondOneAndLeavesNothing) {
  const Folder folder;
  const auto lock = [&](const char* part) { return Error([&] { FolderLock(folder.Path(), part); }); };
  {
    const FolderLock held(folder.Path()), of_part(folder.Path(), "shard 2/3");
    EXPECT_EQ(lock(""), folder.Path().string() + ": another elu-lab is at work there");
    EXPECT_EQ(lock("shard 2/3"), folder.Path().string() + ": another elu-lab is at work there on shard 2/3");
    EXPECT_EQ(lock("shard 1/3"), "");
  }
  EXPECT_EQ(lock(""), "");
  EXPECT_TRUE(std::filesystem::is_empty(folder.Path()));
}

TEST(FolderLock, TakesWhatAKilledProgramHasLeft) {
  const Folder folder;
  folder.Write(".elu-lab.lock", "");
  EXPECT_EQ(Error([&] { const FolderLock lock(folder.Path()); }), "");
  EXPECT_TRUE(std::filesystem::is_empty(folder.Path()));
}

TEST(FolderLock, NamesTheFolderThatCannotBeLocked) {
  const std::string error = Error([&] { const FolderLock lock("/no/such"); });
  EXPECT_EQ(error, "/no/such: No such file or directory");
}

// The file comes and goes meanwhile.
TEST(FolderLock, IsHeldByOneAtATime) {
  const Folder folder;
  std::atomic<int> inside = 0, most = 0, turns = 0;
  const auto work = [&](IfHeld if_held) {
    for (int i = 0; i < 300; ++i) {
      try {
        const FolderLock lock(folder.Path(), "", if_held);
        most = std::max(most.load(), ++inside);
        ++turns;
        std::this_thread::yield();
        --inside;
      } catch (const HeldElsewhere&) {
      }
    }
  };
  std::vector<std::thread> threads;
  for (const IfHeld if_held : {IfHeld::kWait, IfHeld::kWait, IfHeld::kWait, IfHeld::kRefuse}) {
    threads.emplace_back(work, if_held);
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(most, 1);
  EXPECT_GE(turns, 900);
  EXPECT_TRUE(std::filesystem::is_empty(folder.Path()));
}

}  // namespace
}  // namespace elu_lab
