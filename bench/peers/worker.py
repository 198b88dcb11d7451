"""A peer that is reached through Python, as a process that elu-bench starts: commands on stdin, answers on stdout.

    worker.py onnxruntime|openvino|jax

    (start)                  -> ready VERSION, or absent REASON
    prepare ALPHA N FILE     -> ready; FILE holds N floats, forward ELU is meant
    run                      -> the seconds that one evaluation took
    store FILE               -> ready; the last result is in FILE

One thread: the process may use one processor only.
"""
import os
import sys
import time


def jax_elu():
    os.environ["JAX_PLATFORMS"] = "cpu"
    import jax
    elu = jax.jit(jax.nn.elu, static_argnums=1)

    def prepare(x, alpha):
        on_device = jax.block_until_ready(jax.numpy.asarray(x))
        return lambda: elu(on_device, alpha).block_until_ready()

    return jax.__version__, prepare


def onnxruntime_elu():
    import onnx
    import onnxruntime

    def prepare(x, alpha):
        float32 = onnx.TensorProto.FLOAT
        inputs, outputs = [[onnx.helper.make_tensor_value_info(name, float32, [len(x)])] for name in "xy"]
        node = onnx.helper.make_node("Elu", ["x"], ["y"], alpha=alpha)
        graph = onnx.helper.make_graph([node], "elu", inputs, outputs)
        model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 22)], ir_version=10)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(model.SerializeToString(), options, ["CPUExecutionProvider"])
        y = onnxruntime.OrtValue.ortvalue_from_numpy(x.copy())
        binding = session.io_binding()
        binding.bind_ortvalue_input("x", onnxruntime.OrtValue.ortvalue_from_numpy(x))
        binding.bind_ortvalue_output("y", y)

        def run():
            session.run_with_iobinding(binding)
            return y
        return run

    return onnxruntime.__version__, prepare


def openvino_elu():
    import numpy
    import openvino
    from openvino import opset8

    def prepare(x, alpha):
        parameter = opset8.parameter([len(x)], numpy.float32)
        model = openvino.Model([opset8.elu(parameter, alpha)], [parameter])
        request = openvino.Core().compile_model(
            model, "CPU", {"INFERENCE_NUM_THREADS": 1, "INFERENCE_PRECISION_HINT": "f32"}).create_infer_request()
        y = x.copy()
        request.set_input_tensor(openvino.Tensor(x, shared_memory=True))
        request.set_output_tensor(openvino.Tensor(y, shared_memory=True))

        def run():
            request.infer()
            return y
        return run

    return openvino.__version__.split("-")[0], prepare


PEERS = {"jax": jax_elu, "onnxruntime": onnxruntime_elu, "openvino": openvino_elu}


def serve(answer, prepare):
    import numpy
    run = result = None
    for line in sys.stdin:
        command, *words = line.split()
        if command == "prepare":
            x = numpy.fromfile(words[2], numpy.float32, int(words[1]))
            run = prepare(x, float(words[0]))
            result = run()  # compiles
            answer("ready")
        elif command == "run":
            start = time.perf_counter()
            result = run()
            answer(repr(time.perf_counter() - start))
        elif command == "store":
            numpy.asarray(result.numpy() if hasattr(result, "numpy") else result).tofile(words[0])
            answer("ready")


def main(name):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what a library prints must not pass for an answer

    def answer(text):
        print(text, file=out)

    try:
        import numpy
        version, prepare = PEERS[name]()
        prepare(numpy.array([-1, 1], numpy.float32), 1.0)()
    except Exception as error:  # whatever keeps a library from loading is what the report has to say
        answer(f"absent {type(error).__name__}: {error}".replace("\n", " "))
        return
    answer(f"ready {version}")
    serve(answer, prepare)


if __name__ == "__main__":
    main(sys.argv[1])
