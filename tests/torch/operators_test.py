"""The operators of libelu_torch.so in Python: schemas, fake tensors, gradients of all kinds, torch.func, torch.compile.

    operators_test.py LIBRARY
"""
import ctypes
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import warnings

import torch
from thorough import THOROUGH
from torch.autograd import forward_ad, gradcheck, gradgradcheck

PARAMETERS = (0.7, 1.1, 0.9)
ops = torch.ops.elu


def random(*sizes, dtype=torch.float64, requires_grad=True):
    return torch.randn(sizes, dtype=dtype).requires_grad_(requires_grad)


def elu(x):
    return ops.elu(x, *PARAMETERS)


def torch_elu(x):
    return torch.ops.aten.elu(x, *PARAMETERS)


def chain(x):
    return ops.plus_one(elu(x * 2)) * x


class Operators(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        warnings.filterwarnings("ignore", "`torch.jit.script` is deprecated")
        warnings.filterwarnings("error", "There is a performance drop")  # vmap that knows no batched form

    def test_opcheck(self):
        shapes = [lambda **k: random(3, 5, **k), lambda **k: random(**k), lambda **k: random(0, 3, **k),
                  lambda **k: random(4, 6, requires_grad=False, **k).t()[::2].requires_grad_(),
                  lambda **k: random(2, 3, 4, 4, requires_grad=False, **k)
                  .to(memory_format=torch.channels_last).requires_grad_()]
        cases = [(make, torch.float32) for make in shapes]
        cases += [(shapes[0], dtype) for dtype in (torch.float64, torch.bfloat16, torch.float16)]
        for make, dtype in cases:
            x, dy, ddx = (make(dtype=dtype) for _ in range(3))
            torch.library.opcheck(ops.elu.default, (x, *PARAMETERS), {"accuracy": "fast"})
            torch.library.opcheck(ops.plus_one.default, (x,))
            torch.library.opcheck(ops.elu_backward.default, (dy, x, *PARAMETERS))
            torch.library.opcheck(ops.elu_double_backward.default, (ddx, dy, x, *PARAMETERS))
        torch.library.opcheck(ops.elu.default, (x.detach(),))

    def test_gradcheck(self):
        for function in (elu, ops.plus_one, chain):
            with self.subTest(function):
                gradcheck(function, random(3, 5), check_forward_ad=True, check_batched_grad=True,
                          check_batched_forward_grad=True)
                gradgradcheck(function, random(3, 5), check_fwd_over_rev=True, check_batched_grad=True)

    def test_gradcheck_of_the_gradients(self):
        def backward(dy, x):
            return ops.elu_backward(dy, x, *PARAMETERS)

        def double_backward(ddx, dy, x):
            return ops.elu_double_backward(ddx, dy, x, *PARAMETERS)

        for function, inputs in ((backward, 2), (double_backward, 3)):
            tensors = tuple(random(3, 5) for _ in range(inputs))
            gradcheck(function, tensors, check_forward_ad=True, check_batched_grad=True)
            gradgradcheck(function, tensors, check_fwd_over_rev=True)

    def test_forward_over_reverse(self):
        x, t = random(7), random(7, requires_grad=False)
        with forward_ad.dual_level():
            y = elu(forward_ad.make_dual(x, t))
            dx, = torch.autograd.grad(y.sum(), x)
            tangent = forward_ad.unpack_dual(dx).tangent
        x = x.detach()
        self.assertTrue(torch.equal(tangent, ops.elu_double_backward(t, torch.ones(7).double(), x, *PARAMETERS)))

    def test_torch_func(self):
        x = random(7, requires_grad=False)
        for transform in (torch.func.grad, torch.func.hessian, torch.func.jacrev, torch.func.jacfwd,
                          lambda f: torch.func.vmap(torch.func.grad(lambda s: f(s * x)))):
            ours, theirs = (transform(lambda s, f=f: f(s).sum())(x) for f in (elu, torch_elu))
            torch.testing.assert_close(ours, theirs, rtol=1e-14, atol=1e-15)

    def test_vmap_computes_the_same_bits(self):
        x, dy = random(4, 3, requires_grad=False), random(3, 4, requires_grad=False)
        self.assertTrue(torch.equal(torch.vmap(elu)(x), elu(x)))
        batched = torch.vmap(ops.elu_backward, in_dims=(1, 0))(dy, x)
        self.assertTrue(torch.equal(batched, ops.elu_backward(dy.t(), x)))
        batched = torch.vmap(ops.elu_backward, in_dims=(0, None))(x, x[0])
        self.assertTrue(torch.equal(batched, ops.elu_backward(x, x[0].expand(4, 3))))

    def test_a_tensor_that_escaped_its_vmap(self):
        escaped = []
        torch.vmap(lambda x: (escaped.append(x), x)[1])(random(3, 2))
        for function in (elu, ops.plus_one, torch_elu):
            with self.assertRaisesRegex(RuntimeError, "vmap"):
                function(escaped[0])

    def test_names_in_the_graph(self):
        x, dy, ddx = random(3), random(3), random(3)
        for name, y in (("EluBackward", elu(x)), ("PlusOneBackward", ops.plus_one(x)),
                        ("EluBackwardBackward", ops.elu_backward(dy, x)),
                        ("EluDoubleBackwardBackward", ops.elu_double_backward(ddx, dy, x))):
            self.assertEqual(y.grad_fn.name(), name)

    def test_compiled_autograd(self):
        def gradients(dy, x, alpha):
            y = chain(ops.elu_backward(dy, x, alpha)) + ops.elu_double_backward(x, dy, x) + ops.elu(x, accuracy="fast")
            y.sum().backward()
            return dy.grad, x.grad

        torch._dynamo.reset()
        compiler = torch.compile(backend="aot_eager", fullgraph=True)
        for wanted in (True, True), (False, True), (True, False):
            for alpha in (0.7, 1.2):
                inputs = [random(5, requires_grad=one) for one in wanted]
                expected = gradients(*(t.detach().requires_grad_(t.requires_grad) for t in inputs), alpha)
                with torch._dynamo.compiled_autograd._enable(compiler):
                    found = gradients(*inputs, alpha)
                for ours, theirs in zip(found, expected):
                    self.assertTrue(ours is theirs is None or torch.equal(ours, theirs))
        self.assertGreater(torch._dynamo.utils.counters["compiled_autograd"]["captures"], 1)

    def compiled(self, backend, **options):
        torch._dynamo.reset()
        x = random(5, 33, dtype=torch.float32)
        y = chain(x).sum()
        expected, = torch.autograd.grad(y, x)
        compiled = torch.compile(chain, fullgraph=True, backend=backend, **options)
        z = compiled(x)
        torch.testing.assert_close(z, chain(x), rtol=1e-6, atol=1e-6)
        torch.testing.assert_close(torch.autograd.grad(z.sum(), x)[0], expected, rtol=1e-6, atol=1e-6)

    def test_compile_traces_them_whole(self):
        graphs = []

        def backend(graph, example):
            graphs.append(graph)
            return graph

        self.compiled(backend)
        called = {node.target for node in graphs[0].graph.nodes if node.op == "call_function"}
        self.assertLessEqual({ops.plus_one, ops.elu}, called)
        self.assertEqual(len(graphs), 1)

    def test_compile_with_an_alpha_that_changes(self):
        def function(x, alpha):
            return ops.elu(x, alpha)

        torch._dynamo.reset()
        compiled = torch.compile(function, fullgraph=True, backend="aot_eager")
        for alpha in (0.5, 0.6, 0.7):
            x = random(9)
            self.assertTrue(torch.equal(compiled(x, alpha), function(x, alpha)))

    def test_export_keeps_them_whole(self):
        class Features(torch.nn.Module):
            def forward(self, x):
                return ops.plus_one(ops.elu(x, 0.5))

        batch = torch.export.Dim("batch")
        program = torch.export.export(Features(), (torch.randn(4, 3),), dynamic_shapes=({0: batch},))
        called = [node.target for node in program.graph.nodes if node.op == "call_function"]
        self.assertEqual(called, [ops.elu.default, ops.plus_one.default])
        x = torch.randn(7, 3)
        self.assertTrue(torch.equal(program.module()(x), Features()(x)))

    def test_compile(self):
        self.compiled("aot_eager")
        self.compiled("aot_eager", dynamic=True)
        if THOROUGH:  # compiles for half a minute; tests/pytorch/compile_test.py has other operators do so
            self.compiled("inductor")

    def test_torchscript(self):
        @torch.jit.script
        def scripted(x):
            return torch.ops.elu.plus_one(torch.ops.elu.elu(x, 0.7, accuracy="fast"))

        x = random(67, dtype=torch.float32)
        y = scripted(x)
        self.assertTrue(torch.equal(y, ops.plus_one(ops.elu(x, 0.7, accuracy="fast"))))
        y.sum().backward()
        self.assertGreater(x.grad.min(), 0)

    def test_errors(self):
        ones = torch.ones(2)
        for error, text, call in (
                (NotImplementedError, "elu::elu: not implemented for Int", lambda: ops.elu(ones.int())),
                (NotImplementedError, "not implemented for ComplexFloat", lambda: ops.plus_one(ones.cfloat())),
                (ValueError, "parameters not admitted.* given alpha = nan", lambda: ops.elu(ones, float("nan"))),
                (ValueError, 'given "exact"', lambda: ops.elu(ones, accuracy="exact")),
                (ValueError, "differ in shape", lambda: ops.elu_backward(ones, torch.ones(3))),
                (TypeError, "differ in dtype", lambda: ops.elu_backward(ones, ones.double())),
                (RuntimeError, "different devices: meta and cpu", lambda: ops.elu_backward(ones.to("meta"), ones)),
                (RuntimeError, "different devices: cpu and meta", lambda: ops.elu_backward(ones, ones.to("meta"))),
                (RuntimeError, "different devices", lambda: ops.elu_double_backward(ones, ones.to("meta"), ones))):
            with self.subTest(text), self.assertRaisesRegex(error, text):
                call()

    def test_version(self):
        version = ctypes.CDLL(LIBRARY)._ZN3elu5torch13torch_versionEv  # elu::torch::torch_version()
        version.restype = ctypes.c_char_p
        self.assertEqual(version().decode(), torch.__version__.split("+")[0])

    def test_a_second_copy_leaves_the_operators_to_the_first(self):
        program = """
import sys, torch
first, second = sys.argv[1:]
torch.ops.load_library(first)
before = torch.ops.elu.elu(torch.linspace(-3, 3, 99))
torch.ops.load_library(second)
assert sum(name in open("/proc/self/maps").read() for name in sys.argv[1:]) == 2
assert torch.equal(torch.ops.elu.elu(torch.linspace(-3, 3, 99)), before)
"""
        with tempfile.TemporaryDirectory() as folder:
            second = shutil.copy(LIBRARY, pathlib.Path(folder, "libelu_torch_second.so"))
            run = subprocess.run([sys.executable, "-c", program, LIBRARY, second], capture_output=True, text=True)
        self.assertEqual((run.returncode, run.stderr), (0, ""))


if __name__ == "__main__":
    LIBRARY = os.path.realpath(sys.argv.pop(1))
    torch.ops.load_library(LIBRARY)
    with tempfile.TemporaryDirectory() as cache:
        os.environ["TORCHINDUCTOR_CACHE_DIR"] = cache
        unittest.main()
