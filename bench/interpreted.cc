// The peers that are reached through Python: each a process of its own, which times itself (peers/worker.py). They take
// part where Python's overhead, some microseconds, does not show.
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <unistd.h>
#include <utility>

#include "bench/contestants.h"
#include "bench/worker.h"

namespace bench {
namespace {

namespace fs = std::filesystem;
constexpr size_t kLeast = 200'000;

// A file that goes when this does, in memory where the system has such a folder.
class Scratch {
 public:
  Scratch() {
    const fs::path shared_memory = "/dev/shm",
                   folder = fs::is_directory(shared_memory) ? shared_memory : fs::temp_directory_path();
    path_ = (folder / "elu-bench-XXXXXX").string();
    const int file = mkstemp(path_.data());
    if (file < 0) throw std::runtime_error("cannot make a file in " + folder.string());
    close(file);
  }
  ~Scratch() { fs::remove(path_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct Peer {
  explicit Peer(const std::vector<std::string>& words) : worker(words) {}
  Worker worker;
  double seconds = 0;
};

void FetchResult(Worker* worker, const Arrays& arrays) {
  const Scratch scratch;
  worker->Ask("store " + scratch.path());
  std::ifstream(scratch.path(), std::ios::binary)
      .read(static_cast<char*>(arrays.y), static_cast<std::streamsize>(arrays.n * sizeof(float)));
}

Call Prepare(const std::shared_ptr<Peer>& peer, const Task& task, const Arrays& arrays) {
  const elu_params& p = task.params;
  if (task.function != "forward" || task.dtype != "f32" || p.scale != 1 || p.input_scale != 1) return {};
  if (arrays.n < kLeast) return {};
  const Scratch scratch;
  std::ofstream(scratch.path(), std::ios::binary)
      .write(static_cast<const char*>(arrays.x), static_cast<std::streamsize>(arrays.n * sizeof(float)));
  peer->worker.Ask("prepare " + std::to_string(p.alpha) + " " + std::to_string(arrays.n) + " " + scratch.path());
  return {[=] {
            peer->seconds = std::stod(peer->worker.Ask("run"));
            if (arrays.result_in_y) FetchResult(&peer->worker, arrays);
          },
          &peer->seconds};
}

// What scripts/peers.sh has left if it could not install the peer.
std::string WhyNotInstalled(const std::string& file) {
  std::string reason;
  std::getline(std::ifstream(std::string(BENCH_PEERS) + "/" + file + ".absent"), reason);
  return reason;
}

Contestant Start(const std::string& name, const std::string& file) {
  Contestant contestant = {name, "", {}, WhyNotInstalled(file)};
  if (!contestant.absent.empty()) return contestant;
  try {
    const std::string python = std::string(BENCH_PEERS) + "/bin/python";
    const std::vector<std::string> words = {python, BENCH_FOLDER "/peers/worker.py", file};
    const auto peer = std::make_shared<Peer>(words);
    const std::string answer = peer->worker.Read(), word = answer.substr(0, answer.find(' '));
    (word == "ready" ? contestant.version : contestant.absent) = answer.substr(word.size() + 1);
    contestant.prepare = [peer](const Task& task, const Arrays& arrays) { return Prepare(peer, task, arrays); };
  } catch (const std::runtime_error& error) {
    contestant.absent = error.what();
  }
  return contestant;
}

}  // namespace

void AddInterpreted(bool start, std::vector<Contestant>* list) {
  for (const auto& [name, file] :
       {std::pair{"JAX", "jax"}, {"ONNX Runtime", "onnxruntime"}, {"OpenVINO", "openvino"}}) {
    list->push_back(start ? Start(name, file) : Contestant{name, "", {}, "takes part in make bench only"});
  }
}

}  // namespace bench
