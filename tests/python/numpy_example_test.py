"""The example of NumPy prints ELU's values, and that elu.forward keeps what exp(x) - 1 loses."""
import numpy as np
import numpy_arrays

VALUES = """\
x         [-2.0000 -1.0000  0.0000  1.0000  2.0000]
f(x)      [-0.4323 -0.3161  0.0000  1.0000  2.0000]
dx        [0.0677 0.1839 0.5000 1.0000 1.0000]
SELU      [-1.5202 -1.1113  0.0000  1.0507  2.1014]
in place  [-0.8647 -0.6321  0.0000  1.0000  2.0000]
"""


def test_numpy_arrays(capsys):
    with np.printoptions():  # which the example changes, for this test alone
        numpy_arrays.main()
    values, _, table = capsys.readouterr().out.partition("\n\n")
    assert values + "\n" == VALUES
    errors = [[float(word) for word in line.split()] for line in table.splitlines()[1:]]
    assert [row[0] for row in errors] == [-1e-3, -1e-5, -1e-7, -1e-9]
    for _, by_difference, ours in errors:
        assert by_difference > 10 * ours and ours < 2**-24
    assert errors[-1][1] == 1  # nothing is left
