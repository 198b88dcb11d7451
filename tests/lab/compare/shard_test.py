"""elu-lab compare --shard and elu-lab merge: a comparison by several processes has the results of one by a single one.

    shard_test.py ELU_LAB LAB_SERVE PROJECT    (needs numpy and Pillow)
"""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from faults import contents
from grids import Comparisons, lasting

SHARDS = ["1/3", "2/3", "3/3"]
SMALL = ["--images", "8", "--test-images", "3"]  # most of the time goes to measuring the initialisation
VARYING_LINES = [" ms against ", "<code>", ">ELU costs more to compute<", ">The overhead of ELU is usually negligible<",
                 ">The activation is a small part of a training step<"]
STAND_INS = {"elu-lab": 'echo "$@" >>"$LOG"', "ssh": 'shift; exec "$@"', "scp": "true", "parallel": """
while [ "$1" != ::: ]; do command="$command $1"; shift; done
shift
for word; do $(echo "$command" | sed "s/{}/$word/"); done"""}


def timeless(html):
    """A report without its times, its command and its date."""
    html = re.sub("<h3>Time of a step</h3>.*?<h3>", "<h3>", html, flags=re.DOTALL)
    html = re.sub(r"A step of training takes .*?(not decided|rounds)\.", "", html)  # in the answer
    html = re.sub(r'<tr>(?:(?!</tr>).)*#(computing_cost|overhead_negligible|share_of_step)-(?:(?!</tr>).)*</tr>', "", html,
                  flags=re.DOTALL)
    lines = [line for line in html.splitlines() if not any(part in line for part in VARYING_LINES)]
    return re.sub(r"<td>[\d.]+ s( &#177; [\d.]+)?</td>", "<td></td>", "\n".join(lines))


def same(comparisons, name):
    check, whole = comparisons.lab.check, comparisons.results("whole")
    results = comparisons.results(name)
    check(lasting(results) == lasting(whole), f"{name} has the results of one process")
    check([run["machine"] == results["machine"] for run in results["runs"]] == [True] * 8, "each run has its machine")
    check([times["variant"] for times in results["step_times"]] == [0, 2], "one time a network")
    report, of_one = [timeless((comparisons.folder / folder / "report.html").read_text()) for folder in [name, "whole"]]
    check(report.replace(f"{name}</", "whole</") == of_one, f"{name} has the report of one process")
    plans = [(comparisons.folder / folder / "plan.json").read_bytes() for folder in [name, "whole"]]
    check(plans[0] == plans[1], f"{name} has the plan of one process")
    files = [{path: bytes for path, bytes in contents(comparisons.folder / folder / "runs").items()
              if path.endswith(".safetensors")} for folder in [name, "whole"]]
    check(files[0] == files[1] != {}, f"{name} has the weights of one process")
    left = [path for path in contents(comparisons.folder / name) if pathlib.Path(path).name.startswith(".")]
    check(left == [], f"{name} keeps no lock: {left}")


def shard(comparisons, name, number, **more):
    return comparisons.compare(name, *SMALL, "--shard", number, **more)


def wait_for(process, file):
    while not file.exists() and process.poll() is None:
        time.sleep(0.005)


def test_one_folder(comparisons):
    """Three processes at the same time; one is killed in its first run, and started again."""
    folder = comparisons.folder / "shared"
    first, killed, third = [comparisons.spawn(shard(comparisons, "shared", number)) for number in SHARDS]
    wait_for(killed, folder / "runs" / "relu-batch-lr1e+30-seed7" / "run.json")
    comparisons.lab.refuses(shard(comparisons, "shared", "2/3"), 1, "another elu-lab is at work there on shard 2/3")
    killed.kill()
    comparisons.lab.check(killed.wait() == -9, f"it was at work: {killed.returncode}")
    again = comparisons.spawn(shard(comparisons, "shared", "2/3"))
    outputs = [process.communicate(timeout=60) for process in [first, killed, third, again]]
    codes = [process.returncode for process in [first, third, again]]
    comparisons.lab.check(codes == [0] * 3 and all(error == "" for _, error in outputs), f"{codes} {outputs}")
    last = [out for out, _ in outputs if "runs are complete there" not in out]
    comparisons.lab.check(len(last) in (2, 3), f"the killed one and the last say nothing of missing runs: {outputs}")
    same(comparisons, "shared")


def test_overlap(comparisons):
    """Who has the runs of another shard leaves one alone that is trained, and says so."""
    held = comparisons.spawn(shard(comparisons, "overlap", "1/8"))
    wait_for(held, comparisons.folder / "overlap" / "runs" / "relu-batch-lr1-seed7" / "run.json")
    held.send_signal(signal.SIGSTOP)
    result = comparisons.lab.run(*shard(comparisons, "overlap", "1/2"))
    told = "another elu-lab is at work on 1 of these runs" in result.stderr and result.stderr.count("\n") == 1
    comparisons.lab.check(result.returncode == 1 and told, f"{result}")
    comparisons.lab.check(result.stdout.endswith("3 of 8 runs are complete there\n"), result.stdout)
    held.send_signal(signal.SIGCONT)
    out, _ = held.communicate(timeout=60)
    comparisons.lab.check(held.returncode == 0 and "4 of 8 runs" in out, f"the last one leaves all of both: {out}")
    runs = lasting(comparisons.results("whole")["runs"])
    there = lasting(comparisons.results("overlap")["runs"])
    comparisons.lab.check(len(there) == 4 and all(run in runs for run in there), "each run is as in one process")


def test_folders(comparisons):
    """A folder each, brought together; in two steps, and what lacks is trained in the result."""
    lab, folder = comparisons.lab, comparisons.folder
    parts = [str(folder / f"part{number[0]}") for number in SHARDS]
    for number, part in zip(SHARDS, parts):
        comparisons.finish(shard(comparisons, part, number))
    before = [contents(pathlib.Path(part)) for part in parts]
    two = ["merge", *parts[1:], "--output", str(folder / "two-parts")]
    lab.check(comparisons.finish(two)[-1] == "5 of 8 runs are complete there", "what is missing is told")
    comparisons.finish(shard(comparisons, "two-parts", "1/1"))
    same(comparisons, "two-parts")
    merge = ["merge", *parts, "--output", str(folder / "merged")]
    comparisons.finish(merge)
    same(comparisons, "merged")
    merged = contents(folder / "merged")
    comparisons.finish(merge)
    comparisons.finish(["merge", parts[0], "--output", str(folder / "merged")])
    comparisons.finish(shard(comparisons, "merged", "1/1"))
    lab.check(contents(folder / "merged") == merged, "what is there already changes nothing")
    comparisons.finish(["merge", str(folder / "merged"), str(folder / "two-parts"), "--output", str(folder / "twice")])
    same(comparisons, "twice")
    lab.check([contents(pathlib.Path(part)) for part in parts] == before, "the folders stay as they are")


def test_unfinished_run(comparisons):
    """What a killed process has saved of a run is taken along."""
    folder = comparisons.folder
    shutil.copytree(folder / "part1", folder / "killed")
    run = pathlib.Path("runs") / "relu-batch-lr1-seed7"
    (folder / "killed" / run / "result.json").unlink()
    (folder / "killed" / run / "state.safetensors").write_bytes(b"state")
    (folder / "killed" / run / "metrics.jsonl").write_bytes(b"")  # as in the first epoch
    for lock in [folder / "killed" / ".elu-lab.lock", folder / "killed" / run / ".elu-lab.lock"]:
        lock.touch()
    merge = ["merge", str(folder / "killed"), "--output", str(folder / "resumed")]
    comparisons.lab.check(comparisons.finish(merge)[-1] == "2 of 8 runs are complete there", "one is not complete")
    taken = contents(folder / "resumed" / run)
    expected = {"metrics.jsonl", "run.json", "state.safetensors", "weights.safetensors"}
    comparisons.lab.check(set(taken) == expected and taken["state.safetensors"] == b"state", f"{sorted(taken)}")
    comparisons.finish(["merge", str(folder / "killed"), str(folder / "part1"), "--output", str(folder / "resumed")])
    complete = contents(folder / "resumed" / run)
    comparisons.lab.check(complete == contents(folder / "part1" / run), f"the complete one goes before: {complete}")


def compare_one(comparisons, name, variants, *grid):
    """A comparison of two of the variants; times and initialisation are those of the whole grid."""
    results = comparisons.results("whole")
    results["variants"] = [results["variants"][place] for place in variants]
    results["step_times"] = [{**times, "variant": 0} for times in results["step_times"]
                             if times["variant"] == variants[0]]
    results["runs"] = []
    (comparisons.folder / name).mkdir()
    (comparisons.folder / name / "results.json").write_text(json.dumps(results))
    grid = ["--activations", name, "--lr-factors", "1,1e30", *grid]
    comparisons.finish(shard(comparisons, name, "1/1", grid=grid))


def test_other_variants(comparisons):
    """Two comparisons of other activations become one of all; what was timed apart is not compared."""
    lab, folder = comparisons.lab, comparisons.folder
    compare_one(comparisons, "relu", [0, 1])
    compare_one(comparisons, "elu", [2, 3], "--alpha", "0.5")
    merge = ["merge", str(folder / "relu"), str(folder / "elu"), "--output", str(folder / "union")]
    comparisons.finish(merge)
    results = comparisons.results("union")
    apart = results.pop("timed_apart")
    lab.check(lasting(results) == lasting(comparisons.results("whole")), "the runs are those of one grid")
    lab.check([[times["variant"] for times in part] for part in [results["step_times"], apart[0]["step_times"]]]
              == [[0], [2]], "each time is of its network")
    report = (folder / "union" / "report.html").read_text()
    lab.check("timed apart, " in report and "such times are not compared" in report, "which the report says")
    before = contents(folder / "union")
    comparisons.finish(shard(comparisons, "union", "1/1"))
    comparisons.finish(merge)
    lab.check(contents(folder / "union") == before, "it is the comparison of the whole grid")
    comparisons.finish(["merge", str(folder / "elu"), str(folder / "relu"), "--output", str(folder / "other")])
    names = [variant["name"] for variant in comparisons.results("other")["variants"]]
    lab.check(names[0].startswith("elu-") and names[2].startswith("relu-"), f"in the order given: {names}")
    lab.refuses(["merge", str(folder / "elu"), str(folder / "relu"), "--output", str(folder / "union")], 1,
                "holds a comparison with variants relu-batch-lr1", "another --output")


def test_machines(comparisons):
    """A run keeps its machine's name."""
    folder = comparisons.folder
    shutil.copytree(folder / "part3", folder / "elsewhere")
    for file in (folder / "elsewhere").rglob("result*.json"):
        file.write_text(re.sub(r'"processor":"[^"]*"', '"processor":"Other<1>"', file.read_text()))
    comparisons.finish(["merge", str(folder / "part1"), str(folder / "part2"), str(folder / "elsewhere"), "--output",
                        str(folder / "machines")])
    results = comparisons.results("machines")
    processors = [run["machine"]["processor"] == "Other<1>" for run in results["runs"]]
    comparisons.lab.check(processors.count(True) == 2, f"two runs are of another machine: {processors}")
    comparisons.lab.check(results["machine"]["processor"] == "Other<1>", "which timed the steps")
    report = (folder / "machines" / "report.html").read_text()
    machine = re.search('<th scope="row">Machine</th><td>(.*?)</td>', report).group(1)
    comparisons.lab.check(machine.count("Other&lt;1&gt;, 1 thread,") == 1 and machine.count("; ") == 1, machine)
    comparisons.lab.check(report.count("<td>several machines</td>") == 4, "times an epoch are of several machines")
    comparisons.lab.check("take turns, on " in report, "the times of steps are of one")


def commands_of(block, folder, environment):
    """The command lines of elu-lab that a block of the page comes to."""
    for name, text in STAND_INS.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / name).chmod(0o755)
    subprocess.run(["bash", "-euc", block], check=True, cwd=folder, timeout=60,
                   env={"PATH": f"{folder}:{os.environ['PATH']}", "LOG": str(folder / "log"), **environment})
    lines = (folder / "log").read_text().splitlines()
    (folder / "log").unlink()
    return sorted(line.split() for line in lines)


def test_page(comparisons, page):
    """Its commands are right, and their shards are all there are."""
    folder = comparisons.folder / "stand-ins"
    folder.mkdir()
    slurm, parallel, ssh = re.findall("```bash\n(.*?)```", page.read_text(), re.DOTALL)
    last = int(re.search(r"^#SBATCH --array=1-(\d+)$", slurm, re.MULTILINE).group(1))
    tasks = [{"SLURM_ARRAY_TASK_ID": str(task), "SLURM_CPUS_PER_TASK": "4"} for task in range(1, last + 1)]
    blocks = [[line for task in tasks for line in commands_of(slurm, folder, task)],
              commands_of(parallel, folder, {}), commands_of(ssh, folder, {})]
    for lines in blocks:
        trained = [line for line in lines if line[0] == "compare"]
        shards = [line[line.index("--shard") + 1] for line in trained]
        comparisons.lab.check(shards == [f"{i + 1}/{len(shards)}" for i in range(len(shards))] != [], f"{lines}")
        for line in lines:
            wrong, more = ("no such folder", ["--data", "/absent"]) if line in trained else ("holds no comparison", [])
            comparisons.lab.refuses([*line, *more], 1, wrong)


def test_refusals(comparisons):
    lab, folder = comparisons.lab, comparisons.folder
    for number in ["0/3", "4/3", "x", "1/0", "1/3/5", "", "1", "/3", "1/", "-1/3", "1/3x", "1/99999999999999999999"]:
        lab.refuses(shard(comparisons, "none", number), 2, "--shard", "must be I/N", f"'{number}'")
    part, output = str(folder / "part1"), str(folder / "none")
    lab.refuses(["merge", "--output", output], 2, "COMPARISON")
    lab.refuses(["merge", part], 2, "--output")
    for inside in [part, part + "/inner", str(folder / "data/../part1")]:
        lab.refuses(["merge", part, "--output", inside], 2, "--output", "is merged")
    lab.refuses(["merge", part, str(folder / "data"), "--output", output], 1, "data: holds no comparison")
    lab.refuses(["merge", part, str(folder / "absent"), "--output", output], 1, "absent: holds no comparison")

    def changed(name, change):
        """A copy of part1 with a file changed."""
        other = folder / "changed"
        shutil.rmtree(other, ignore_errors=True)
        shutil.copytree(part, other)
        file = other / name
        file.write_text(change(file.read_text()))
        return ["merge", part, str(other), "--output", output]

    result = "runs/relu-batch-lr1-seed7/result.json"
    for name in [result, "results.json", "plan.json"]:
        lab.refuses(changed(name, lambda text: text[:-9]), 1, str(folder / "changed"), name)
    lab.refuses(changed(result, lambda text: re.sub(r'"train_loss":[^,]*', '"train_loss":3', text, count=1)), 1,
                "relu-batch-lr1-seed7: its results in", part, str(folder / "changed"))
    for old, new, words in [('"epochs": 2', '"epochs": 3', "epochs 2 against 3"),
                            ('"threads": 1', '"threads": 2', "threads 1 against 2"),
                            ('"images_digest": ', '"images_digest": 1', "other images"),
                            ('"confidence": 0.95', '"confidence": 0.9', "other thresholds"),
                            ('"form": 2', '"form": 1', "of another version"),
                            ('"name": "relu-', '"name": "../relu-', "has a variant with a / in its name")]:
        lab.refuses(changed("plan.json", lambda text: text.replace(old, new)), 1, "changed", words)
    lab.check(not (folder / "none").exists(), "what is refused leaves nothing behind")


def main(path, server, project):
    with tempfile.TemporaryDirectory() as name:
        comparisons = Comparisons(path, server, pathlib.Path(name).resolve())
        began = time.monotonic()
        comparisons.finish(comparisons.compare("whole", *SMALL))
        for test in [test_one_folder, test_overlap, test_folders, test_unfinished_run, test_other_variants,
                     test_machines, test_refusals]:
            print(f"{time.monotonic() - began:.1f} s before {test.__name__}")
            test(comparisons)
        test_page(comparisons, pathlib.Path(project) / "docs" / "clusters.md")
        return comparisons.lab.exit_code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
