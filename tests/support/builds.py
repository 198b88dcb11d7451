"""Builds that tests make, and what the programs in them print."""
import subprocess

CONSUMER_PRINTS = "-0.86466473\n-0.63212055\n0\n1\n2\n"  # f(-2), ..., f(2): each program of tests/package/consumer


def defined(options):
    """Options of cmake, as its command line takes them."""
    return [word for option in options for word in ("-D", option)]


def _result(command, settings):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, **settings)


def run(*command, **settings):
    """What it prints; it must succeed."""
    result = _result(command, settings)
    assert result.returncode == 0, f"{command} failed:\n{result.stdout}{result.stderr}"
    return result.stdout


def refused(why, *command, **settings):
    """The command fails and says why, in lines of whatever length. All that it says."""
    result = _result(command, settings)
    said = " ".join((result.stdout + result.stderr).split())
    assert result.returncode == 1 and why in said, said
    return said


def fingerprints(*program):
    """The lines of tests/include/fingerprints.cc: (function, type, accuracy, target, hash) each. The plain target has
    another name with each compiler."""
    return {tuple(line.replace("EMU128", "SCALAR").split()) for line in run(*program).splitlines()}


def of_targets(rows, targets):
    return {row for row in rows if row[3] in targets}
