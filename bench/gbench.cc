// The C wrapper around Google Benchmark (see gbench.h): the only C++ here.
#include "bench/gbench.h"

#include <benchmark/benchmark.h>
#include <regex.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

struct bench_gbench {
  benchmark::State &state;
};

namespace {

// One JSON document over many calls of RunSpecifiedBenchmarks: the context is
// written once, the end when the campaign ends.
class Report : public benchmark::JSONReporter {
public:
  explicit Report(const char *path) : file_(path) {
    SetOutputStream(&file_);
    SetErrorStream(&file_);
  }
  bool good() const {
    return file_.good();
  }
  void number(unsigned round, unsigned rounds) {
    round_ = round;
    rounds_ = rounds;
  }
  bool ReportContext(const Context &context) override {
    if (!begun_)
      begun_ = JSONReporter::ReportContext(context);
    return begun_;
  }
  void ReportRuns(const std::vector<Run> &runs) override {
    std::vector<Run> numbered(runs);
    for (Run &run : numbered) {
      run.repetition_index = round_;
      run.repetitions = rounds_;
    }
    JSONReporter::ReportRuns(numbered);
    file_.flush(); // a kill loses no run but the one in flight
  }
  void Finalize() override {
  }
  bool close() {
    if (begun_)
      JSONReporter::Finalize();
    file_.close();
    return !file_.fail();
  }

private:
  std::ofstream file_;
  bool begun_ = false;
  unsigned round_ = 0, rounds_ = 1;
};

// Where runs go that nobody wants reported.
class Nowhere : public benchmark::BenchmarkReporter {
public:
  bool ReportContext(const Context &) override {
    return true;
  }
  void ReportRuns(const std::vector<Run> &runs) override {
    for (const Run &run : runs)
      last_ns = run.GetAdjustedRealTime();
  }
  double last_ns = 0;
};

std::unique_ptr<Report> report;
bool lists;
std::string wanted; // the filter

void loop(benchmark::State &state, const bench_gbench_case &one) {
  bench_gbench handle{state};
  const bool first = state.thread_index() == 0; // others wait at the barrier
  if (one.begin && first)
    one.begin(&handle, one.context);
  while (state.KeepRunningBatch(state.max_iterations))
    one.body(&handle, one.context, state.max_iterations);
  if (one.end && first)
    one.end(&handle, one.context);
}

void run(const bench_gbench_case &one, benchmark::BenchmarkReporter &to) {
  auto *registered = benchmark::RegisterBenchmark(
      one.name, [one](benchmark::State &state) { loop(state, one); });
  registered->Threads(one.threads ? one.threads : 1);
  if (one.iterations)
    registered->Iterations(one.iterations);
  if (one.manual_time)
    registered->UseManualTime();
  else
    registered->UseRealTime();
  benchmark::RunSpecifiedBenchmarks(&to, nullptr, "all");
  benchmark::ClearRegisteredBenchmarks();
}

void native_empty(benchmark::State &state) {
  for (auto _ : state)
    __asm__ volatile("" ::: "memory"); // clang drops a mere ClobberMemory
}

void native_chain(benchmark::State &state) {
  uint64_t value = 1;
  for (auto _ : state) {
    value *= UINT64_C(0x9e3779b97f4a7c15);
    benchmark::DoNotOptimize(value);
  }
}

bool ours(const char *argument) {
  return !std::strncmp(argument, "--benchmark_", 12);
}

// What the campaign decides itself: kept from the library, with a reason.
bool reserved(const char *argument) {
  for (const char *name :
       {"--benchmark_out", "--benchmark_format", "--benchmark_repetitions"})
    if (!std::strncmp(argument, name, std::strlen(name)))
      return true;
  return false;
}

} // namespace

extern "C" {

int bench_gbench_init(int *argc, char **argv, const char **refused) try {
  std::vector<char *> library{argv[0]}, rest{argv[0]};
  for (int i = 1; i < *argc; i++) {
    if (ours(argv[i]) && reserved(argv[i])) {
      *refused = argv[i];
      return -EINVAL;
    }
    (ours(argv[i]) ? library : rest).push_back(argv[i]);
  }
  for (char *argument : library)
    lists |= !std::strncmp(argument, "--benchmark_list_tests", 22) &&
             !std::strstr(argument, "=false");
  std::string interleaving("--benchmark_enable_random_interleaving=true");
  library.insert(library.begin() + 1, interleaving.data());
  int count = static_cast<int>(library.size());
  library.push_back(nullptr);
  benchmark::Initialize(&count, library.data());
  wanted = benchmark::GetBenchmarkFilter();
  if (count > 1) {
    *refused = library[1];
    return -EINVAL;
  }
  std::copy(rest.begin(), rest.end(), argv);
  *argc = static_cast<int>(rest.size());
  argv[*argc] = nullptr;
  return 0;
} catch (...) {
  *refused = "(out of memory)";
  return -EINVAL;
}

bool bench_gbench_lists(void) {
  return lists;
}

const char *bench_gbench_filter(void) {
  return wanted.empty() || wanted == "all" ? nullptr : wanted.c_str();
}

void bench_gbench_set_filter(const char *filter) try {
  wanted = filter ? filter : "";
} catch (...) {
}

/* With the regular expressions that Google Benchmark uses itself on POSIX. */
bool bench_gbench_selects(const char *name) {
  const char *filter = bench_gbench_filter();
  if (!filter)
    return true;
  bool negative = *filter == '-';
  regex_t pattern;
  if (regcomp(&pattern, filter + negative, REG_EXTENDED | REG_NOSUB))
    return false;
  bool found = !regexec(&pattern, name, 0, nullptr, 0);
  regfree(&pattern);
  return found != negative;
}

int bench_gbench_open(const char *path) try {
  auto opened = std::make_unique<Report>(path);
  if (!opened->good())
    return errno ? -errno : -EIO;
  report = std::move(opened);
  return 0;
} catch (...) {
  return -ENOMEM;
}

int bench_gbench_run(const bench_gbench_case *one, unsigned round,
                     unsigned rounds) try {
  Nowhere nowhere;
  if (report)
    report->number(round, rounds);
  if (report)
    run(*one, *report);
  else
    run(*one, nowhere);
  return 0;
} catch (...) {
  return -ENOMEM;
}

int bench_gbench_close(void) try {
  bool good = !report || report->close();
  report.reset();
  return good ? 0 : -EIO;
} catch (...) {
  return -EIO;
}

int bench_gbench_thread(const bench_gbench *run) {
  return run->state.thread_index();
}

void bench_gbench_seconds(bench_gbench *run, double seconds) {
  run->state.SetIterationTime(seconds);
}

void bench_gbench_counter(bench_gbench *run, const char *name,
                          double value) try {
  run->state.counters[name] = value;
} catch (...) {
}

void bench_gbench_skip(bench_gbench *run, const char *why) try {
  run->state.SkipWithError(why);
} catch (...) {
}

int bench_gbench_time(const bench_gbench_case *one, double *ns) try {
  Nowhere times;
  run(*one, times);
  *ns = times.last_ns;
  return 0;
} catch (...) {
  return -ENOMEM;
}

int bench_gbench_time_native(bench_gbench_native loop, uint64_t iterations,
                             double *ns) try {
  Nowhere times;
  auto *body = loop == BENCH_GBENCH_EMPTY ? native_empty : native_chain;
  benchmark::RegisterBenchmark("native", body)
      ->Iterations(static_cast<benchmark::IterationCount>(iterations))
      ->UseRealTime();
  benchmark::RunSpecifiedBenchmarks(&times, nullptr, "all");
  benchmark::ClearRegisteredBenchmarks();
  *ns = times.last_ns;
  return 0;
} catch (...) {
  return -ENOMEM;
}

} // extern "C"
