"""The documentation's site can be made without a fault, and faults are found.

    docs_test.py PROJECT
"""
import html
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def make_site(project, env=None):
    return subprocess.run([sys.executable, project / "scripts" / "docs" / "site.py"], capture_output=True, text=True,
                          timeout=120, env=env)


def texts(page):
    return re.sub(r"<[^>]+>|\s+", " ", page.read_text())


def test_the_site(project):
    result = make_site(project)
    site = project / "build-docs" / "html"
    assert (result.returncode, result.stdout, result.stderr) == (0, f"docs: {site / 'index.html'}\n", ""), result
    shown = {html.unescape(title) for page in site.glob("*.html")
             for title in re.findall(r'<div class="title">(.*?) *</div>', re.sub("</?code>", "", page.read_text()))}
    for page in project.glob("docs/**/*.md"):
        title = page.read_text().splitlines()[0].removeprefix("# ").replace("`", "")
        assert title in shown, (title, shown)
    for page in site.glob("*.html"):  # Doxygen has another mind than others where a list ends
        assert not re.search(r"<(?:p|li)(?: [^>]*)?>\s*\$ ", page.read_text()), f"{page.name} shows a command as prose"
    reference = texts(site / "elu_8h.html")
    functions = set(re.findall(r"\b(elu_\w+)\(", (project / "include" / "elu" / "elu.h").read_text()))
    assert len(functions) > 40 and all(name in reference for name in functions), functions


def test_faults(project):
    header, page = project / "include" / "elu" / "elu.hpp", project / "docs" / "statistics.md"
    end = "}  // namespace elu\n"
    header.write_text(header.read_text().replace(end, f"int undocumented();\n\n{end}"))
    page.write_text(page.read_text() + "\n[Fine](https://example.org), [no place](#nowhere), [no file](absent.txt),\n"
                    "<a href='absent.html'>no page</a> and <img src='https://example.org/a.png'>.\n")
    result = make_site(project)
    faults = result.stdout.splitlines()
    assert result.returncode == 1 and result.stderr == "" and len(faults) == 5, result
    for name in ("undocumented()", "nowhere", "absent.txt", "absent.html", "https://example.org/a.png"):
        assert sum(name in fault for fault in faults) == 1, (name, faults)


def test_without_doxygen(project):
    result = make_site(project, {"PATH": "/nowhere"})
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (1, "", 1), result
    assert "no doxygen" in result.stderr and not (project / "build-docs").exists()


def main(project):
    kept = {".github", "bench", "docs", "examples", "include", "python", "scripts", "tests"}
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            with tempfile.TemporaryDirectory() as folder:
                copy = pathlib.Path(folder).resolve() / "elu"
                copy.mkdir()
                for entry in project.iterdir():
                    if entry.is_file():
                        shutil.copy(entry, copy)
                    elif entry.name in kept:
                        shutil.copytree(entry, copy / entry.name)
                test(copy)
    print("passed")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve())
