"""Runs a program for a test and counts what is not as expected."""
import os
import subprocess


class Program:
    def __init__(self, path):
        self.path = path
        self.failures = 0

    def run(self, *arguments, stdin=None, env=None):
        return subprocess.run([self.path, *arguments], input=stdin or "", capture_output=True, text=True, timeout=120,
                              env={**os.environ, **(env or {})})

    def check(self, condition, what):
        if not condition:
            self.failures += 1
            print("not so:", what)

    def prints(self, arguments, expected, **more):
        result = self.run(*arguments, **more)
        self.check((result.returncode, result.stdout, result.stderr) == (0, expected, ""), f"{arguments}: {result}")

    def refuses(self, arguments, code, *parts, **more):
        """One line on stderr that holds every part, nothing on stdout, this exit code."""
        result = self.run(*arguments, **more)
        good = result.returncode == code and result.stdout == "" and result.stderr.count("\n") == 1
        self.check(good and all(part in result.stderr for part in parts), f"{arguments}: {result}")

    def exit_code(self):
        print("passed" if self.failures == 0 else f"{self.failures} failed")
        return 1 if self.failures else 0
