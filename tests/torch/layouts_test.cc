// The drop-in on every layout, number type and form of call: the bits of elu.hpp's spans, PyTorch's own strides.
#include <ATen/Parallel.h>

#include <functional>

#include "tests/torch/tensors.h"

namespace elu::tests {
namespace {

using at::ScalarType;

struct Layout {
  const char* name;
  Tensor (*make)(ScalarType);
  bool expanded = false;  // several elements in one place: not to be written to
};

// clang-format off
const Layout kLayouts[] = {
    {"contiguous", [](ScalarType t) { return Values({5, 67}, t); }},
    {"contiguous, for several threads", [](ScalarType t) { return Values({40'003}, t); }},
    {"off the alignment", [](ScalarType t) { return Values({70}, t).slice(0, 1); }},
    {"channels last",
     [](ScalarType t) { return Values({2, 6, 5, 7}, t).contiguous(at::MemoryFormat::ChannelsLast); }},
    {"channels last in 3-d",
     [](ScalarType t) { return Values({2, 6, 3, 5, 4}, t).contiguous(at::MemoryFormat::ChannelsLast3d); }},
    {"channels last, one channel",
     [](ScalarType t) { return Values({8, 1, 5, 5}, t).contiguous(at::MemoryFormat::ChannelsLast); }},
    {"channels last, one pixel",
     [](ScalarType t) { return Values({8, 64, 1, 1}, t).contiguous(at::MemoryFormat::ChannelsLast); }},
    {"permuted", [](ScalarType t) { return Values({3, 4, 5}, t).permute({2, 0, 1}); }},
    {"transposed, for several threads", [](ScalarType t) { return Values({200, 210}, t).t().slice(0, 1); }},
    {"inner stride 2", [](ScalarType t) { return Values({300, 2}, t).select(1, 1); }},
    {"inner stride 3, more than a buffer", [](ScalarType t) { return Values({2100, 3}, t).select(1, 0); }},
    {"rows of stride 3", [](ScalarType t) { return Values({20, 601}, t).slice(1, 0, 600, 3); }},
    {"long rows with gaps", [](ScalarType t) { return Values({7, 200}, t).slice(1, 3, 190); }},
    {"short rows with gaps", [](ScalarType t) { return Values({600, 9}, t).slice(1, 0, 4); }},
    {"diagonal", [](ScalarType t) { return Values({30, 30}, t).diagonal(); }},
    {"expanded", [](ScalarType t) { return Values({1}, t).expand({5, 7}); }, true},
    {"expanded within", [](ScalarType t) { return Values({6, 1, 300}, t).expand({6, 4, 300}); }, true},
    {"windows that overlap", [](ScalarType t) { return Values({60}, t).unfold(0, 9, 2); }, true},
    {"a stride of size 1", [](ScalarType t) { return Values({3}, t).as_strided({1, 3}, {100, 1}); }},
    {"zero-dimensional", [](ScalarType t) { return Values({5}, t)[3]; }},
    {"empty", [](ScalarType t) { return Values({0, 3}, t); }},
    {"empty, transposed", [](ScalarType t) { return Values({0, 3}, t).t(); }},
};
// clang-format on

// What a call has at hand: x in a layout, dy of its shape. Some write to them.
struct Case {
  Tensor x, dy;
  Accuracy accuracy = Accuracy::accurate;
};

Tensor BackwardAt(const Tensor& dy, const Tensor& x, bool is_result = false) {
  return at::elu_backward(dy, kParams.alpha, kParams.scale, kParams.input_scale, is_result, x);
}

Tensor BackwardInto(Tensor out, const Tensor& dy, const Tensor& x) {
  return at::elu_backward_out(out, dy, kParams.alpha, kParams.scale, kParams.input_scale, false, x);
}

Tensor Into(Tensor out, const Tensor& x) {
  return at::elu_out(out, x, kParams.alpha, kParams.scale, kParams.input_scale);
}

// Memory of a shape whose elements do not lie side by side.
Tensor Strided(const Tensor& like) {
  std::vector<int64_t> sizes = like.sizes().vec();
  sizes.push_back(2);
  return at::empty(sizes, like.options()).select(-1, 1);
}

Tensor ScalarLike(const Tensor& x) { return at::full({}, -0.7, x.options()).expand(x.sizes()); }

struct Form {
  const char* name;
  bool writes;  // to x or dy
  Tensor (*call)(Case& c);
  Tensor (*expected)(const Case& c);
};

Tensor ExpectedForward(const Case& c) { return Forward(c.x, kParams, c.accuracy); }
Tensor ExpectedBackward(const Case& c) { return Backward(c.dy, c.x, kParams, false, c.accuracy); }

const Form kForms[] = {
    {"elu", false, [](Case& c) { return at::elu(c.x, kParams.alpha, kParams.scale, kParams.input_scale); },
     ExpectedForward},
    {"elu_", true, [](Case& c) { return at::elu_(c.x, kParams.alpha, kParams.scale, kParams.input_scale); },
     ExpectedForward},
    {"out", false, [](Case& c) { return Into(at::empty(c.x.sizes(), c.x.options()), c.x); }, ExpectedForward},
    {"out, as x", false, [](Case& c) { return Into(at::empty_like(c.x), c.x); }, ExpectedForward},
    {"out, resized", false, [](Case& c) { return Into(at::empty({0}, c.x.options()), c.x); }, ExpectedForward},
    {"out, strided", false, [](Case& c) { return Into(Strided(c.x), c.x); }, ExpectedForward},
    {"out is x", true, [](Case& c) { return Into(c.x, c.x); }, ExpectedForward},
    {"backward", false, [](Case& c) { return BackwardAt(c.dy, c.x); }, ExpectedBackward},
    {"backward, dy as x", false, [](Case& c) { return BackwardAt(at::empty_like(c.x).copy_(c.dy), c.x); },
     ExpectedBackward},
    {"backward, dy expanded", false, [](Case& c) { return BackwardAt(ScalarLike(c.x), c.x); },
     [](const Case& c) { return Backward(ScalarLike(c.x), c.x, kParams, false, c.accuracy); }},
    {"backward, out", false, [](Case& c) { return BackwardInto(at::empty({0}, c.x.options()), c.dy, c.x); },
     ExpectedBackward},
    {"backward, out strided", false, [](Case& c) { return BackwardInto(Strided(c.x), c.dy, c.x); }, ExpectedBackward},
    {"backward, out is x", true, [](Case& c) { return BackwardInto(c.x, c.dy, c.x); }, ExpectedBackward},
    {"backward, out is dy", false, [](Case& c) { return BackwardInto(c.dy, c.dy, c.x); }, ExpectedBackward},
    {"backward from the output", false, [](Case& c) { return BackwardAt(c.dy, c.x, true); },
     [](const Case& c) { return Backward(c.dy, c.x, kParams, true); }},
};

Case Make(const Layout& layout, ScalarType dtype, Accuracy accuracy) {
  const Tensor x = layout.make(dtype);
  return {x, Values(x.sizes(), dtype).view({-1}).flip(0).view(x.sizes()), accuracy};
}

Tensor Memory(const Tensor& view) { return at::empty({0}, view.options()).set_(view.storage()); }

// Calls on two threads. What surrounds the call runs on one: on a busy machine threads that wait for one another take
// seconds over thousands of small operations.
Tensor CallOnThreads(const Form& form, Case& c) {
  at::set_num_threads(2);
  const Tensor y = form.call(c);
  at::set_num_threads(1);
  return y;
}

void Compare(const Layout& layout, const Form& form, ScalarType dtype, Accuracy accuracy) {
  SCOPED_TRACE(testing::Message() << form.name << ", " << layout.name << ", " << dtype);
  Case c = Make(layout, dtype, accuracy);
  const Tensor expected = form.expected(c), before = Memory(c.x).clone(), x = c.x.clone();
  torch::enable(accuracy);
  const std::uint64_t handled = torch::calls().handled;
  const Tensor y = CallOnThreads(form, c);
  EXPECT_EQ(torch::calls().handled, handled + 1);
  EXPECT_TRUE(SameTensors(y, expected));
  if (form.writes) c.x.copy_(x);
  EXPECT_TRUE(SameTensors(Memory(c.x), before)) << "wrote beside x";
  torch::disable();
  Case theirs = Make(layout, dtype, accuracy);
  EXPECT_EQ(y.strides(), form.call(theirs).strides());
}

TEST(Layouts, BitsOfTheSpansAndPyTorchsStrides) {
  const int threads = at::get_num_threads();
  at::set_num_threads(1);
  for (const Layout& layout : kLayouts) {
    for (const Form& form : kForms) {
      if (form.writes && layout.expanded) continue;  // refused: errors_test.cc
      for (const ScalarType dtype : kNumberTypes) {
        Compare(layout, form, dtype, Accuracy::accurate);
        if (dtype == at::kFloat) Compare(layout, form, dtype, Accuracy::fast);  // of the others: the same bits
      }
    }
  }
  at::set_num_threads(threads);
}

// PyTorch lets pass what it cannot tell to overlap; its result then depends on the order of reading and writing. Here a
// row is read as a whole before it is written.
TEST(Layouts, OverlapThatPyTorchDoesNotSee) {
  for (const int64_t stride : {1, 2}) {
    const Tensor memory = Values({60 * 300});
    const Tensor x = memory.as_strided({60, 140}, {300, stride}, 0);
    const Tensor expected = Forward(x, kParams), out = memory.as_strided({60, 140}, {300, stride}, stride);
    torch::enable();
    EXPECT_TRUE(SameTensors(Into(out, x), expected)) << stride;
    torch::disable();
  }
}

}  // namespace
}  // namespace elu::tests
