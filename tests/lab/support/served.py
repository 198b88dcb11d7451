"""elu-lab through one process, lab_serve, which forks for every command line: PyTorch is loaded once."""
import json
import pathlib
import select
import subprocess
import tempfile

from program import Program

STREAMS = ["in", "out", "err"]


class Served(Program):
    """As Program, for the elu-lab at `path` and the lab_serve at `server`, which runs its code."""

    def __init__(self, path, server):
        super().__init__(path)
        self.folder = tempfile.TemporaryDirectory()
        self.server = subprocess.Popen([server], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, *arguments, stdin=None, env=None):
        files = [pathlib.Path(self.folder.name) / name for name in STREAMS]
        for file, text in zip(files, [stdin or "", "", ""]):
            file.write_text(text)
        request = {"arguments": ["elu-lab", *map(str, arguments)], "streams": [str(file) for file in files],
                   "environment": env or {}}
        print(json.dumps(request), file=self.server.stdin, flush=True)
        ready, _, _ = select.select([self.server.stdout], [], [], 120)
        answer = self.server.stdout.readline() if ready else ""
        assert answer, f"lab_serve does not answer, at {arguments}"
        return subprocess.CompletedProcess([self.path, *arguments], int(answer), files[1].read_text(),
                                           files[2].read_text())

    def exit_code(self):
        self.server.communicate()
        return super().exit_code()
