// oneDNN's eltwise_elu.
#include <dnnl.hpp>

#include "bench/contestant.h"

namespace {

bench::Call Prepare(const bench::Task& task, const bench::Arrays& arrays) {
  using dnnl::memory;
  const elu_params& p = task.params;
  if (task.function != "forward" || p.scale != 1 || p.input_scale != 1) return {};
  if (task.dtype != "f32" && task.dtype != "bf16") return {};
  const auto type = task.dtype == "f32" ? memory::data_type::f32 : memory::data_type::bf16;
  const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  const memory::desc shape({static_cast<memory::dim>(arrays.n)}, type, memory::format_tag::a);
  const dnnl::eltwise_forward elu(dnnl::eltwise_forward::primitive_desc(engine, dnnl::prop_kind::forward_inference,
                                                                        dnnl::algorithm::eltwise_elu, shape, shape,
                                                                        static_cast<float>(p.alpha)));
  const memory from(shape, engine, const_cast<void*>(arrays.x)), to(shape, engine, arrays.y);
  return {[elu, from, to, stream = dnnl::stream(engine)]() mutable {
    elu.execute(stream, {{DNNL_ARG_SRC, from}, {DNNL_ARG_DST, to}});
    stream.wait();
  }};
}

}  // namespace

extern "C" __attribute__((visibility("default"))) void elu_bench_add_contestants(std::vector<bench::Contestant>* list) {
  const dnnl_version_t* v = dnnl_version();
  const std::string version =
      std::to_string(v->major) + "." + std::to_string(v->minor) + "." + std::to_string(v->patch);
  list->push_back({"oneDNN", version, Prepare});
}
