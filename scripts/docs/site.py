"""Makes the documentation's site in build-docs/html and checks it. `make docs` runs this.

    site.py

One line, or one for each fault: a public name without a comment, whatever else Doxygen warns of, a link that leads
nowhere, something that would be fetched from elsewhere. Exit code 1 if there is one.
"""
import html.parser
import os
import pathlib
import shutil
import subprocess
import sys
import urllib.parse

import filter as pages

PROJECT = pages.PROJECT
SITE = PROJECT / "build-docs" / "html"
LOADED = {"src", "data", "srcset"}  # attributes, beside the href of <link>, that a browser follows by itself


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.path, self.anchors, self.links, self.loaded = path, set(), set(), set()
        self.feed(path.read_text())

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in {"id", "name"}:
                self.anchors.add(value)
            elif name in LOADED or (tag, name) == ("link", "href"):
                self.loaded.add(value)
            elif name == "href":
                self.links.add(value)


def sources():
    """The site's pages, in their order, as paths from the project's root."""
    found = [PROJECT / "README.md", PROJECT / "docs" / "tutorial.md", *sorted(PROJECT.glob("docs/**/*.md")),
             *sorted(PROJECT.glob("*.md")), PROJECT / "bench" / "README.md"]
    return [page.relative_to(PROJECT) for page in dict.fromkeys(found)]


def make():
    """Doxygen's faults, a line each."""
    shutil.rmtree(SITE, ignore_errors=True)
    SITE.parent.mkdir(exist_ok=True)
    result = subprocess.run(["doxygen", "scripts/docs/Doxyfile"], cwd=PROJECT, capture_output=True, text=True,
                            env={**os.environ, "ELU_ROOT": str(PROJECT), "ELU_PAGES": " ".join(map(str, sources()))})
    faults = result.stderr.splitlines()
    if result.returncode != 0 and not faults:
        faults = [f"doxygen failed: exit code {result.returncode}"]
    for page in sources():
        for file in pages.copies(page, (PROJECT / page).read_text()):
            there = SITE / pages.copy_of(file)
            there.parent.mkdir(parents=True, exist_ok=True)
            if (PROJECT / file).is_file():  # if not, check() finds the link
                shutil.copy(PROJECT / file, there)
    return faults


def check():
    """The links of all pages that lead nowhere, and what a browser would fetch from elsewhere."""
    site = {path: Page(path) for path in SITE.rglob("*.html")}
    for page in site.values():
        name = page.path.relative_to(SITE)
        for link in sorted(page.links | page.loaded):
            address = urllib.parse.urlsplit(link)
            if address.scheme == "javascript":  # a part of the page that opens
                continue
            if address.scheme or address.netloc:
                if link in page.loaded:
                    yield f"{name} needs {link}, which is not in the site"
                continue
            file = (page.path.parent / urllib.parse.unquote(address.path)).resolve() if address.path else page.path
            if not file.exists():
                yield f"{name} links to {link}, which is not there"
            elif address.fragment and file in site and address.fragment not in site[file].anchors:
                yield f"{name} links to {link}, where there is no such place"


def main():
    if shutil.which("doxygen") is None:
        sys.exit("docs: there is no doxygen; scripts/packages.sh docs installs it on Debian")
    faults = list(dict.fromkeys([*make(), *check()]))  # Doxygen tells some twice
    print("\n".join(f"docs: {fault}" for fault in faults) or f"docs: {SITE / 'index.html'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
