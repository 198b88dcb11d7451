"""Shows Doxygen a file as it wants it, on standard output.

    filter.py FILE

A comment before several declarations of a header documents all of them, up to the next blank line; a header's first
comment documents the header. Links from a Markdown page to another page or a header become references; links to other
files lead to their copies in the site, which site.py makes.
"""
import pathlib
import re
import sys

PROJECT = pathlib.Path(__file__).resolve().parents[2]
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)#:]+)\)")  # to files beside the page: no image, anchor or address
IMAGE = re.compile(r"(!\[[^\]]*\])\((?:[^):]*/)?([^)/:]+)\)")  # which Doxygen finds by its name


def label(page):
    """What the page is called: docs/numerics.md numerics, bench/README.md bench, README.md index."""
    name = page.parent.name or "index" if page.stem == "README" else page.stem
    return name.lower().replace("-", "_")


def copies(page, text):
    """The files that links of a page name and that are no pages of the site."""
    files = (linked(page, link) for _, link in LINK.findall(text))
    return [file for file in files if file.suffix != ".md" and file.parts[0] != "include"]


def linked(page, link):
    return PROJECT.joinpath(page).parent.joinpath(link).resolve().relative_to(PROJECT)


def target(page, link):
    """What Doxygen makes the link of."""
    file = linked(page, link)
    if file.suffix == ".md":
        return f"@ref {label(file)}"
    return f"@ref {file.name}" if file.parts[0] == "include" else copy_of(file)


def copy_of(file):
    """Where in the site a file lies: as text, which every browser shows."""
    return f"files/{file}" + ("" if file.suffix == ".svg" else ".txt")


def markdown(page, text):
    blocks = re.split(r"(^```(?s:.*?)^```$|^    .*$)", text, flags=re.M)  # code, which stays, at the odd places
    for i in range(0, len(blocks), 2):
        blocks[i] = LINK.sub(lambda m: f"[{m[1]}]({target(page, m[2])})", blocks[i])
        blocks[i] = IMAGE.sub(r"\1(\2)", blocks[i])
    text = "".join(blocks)
    return text if label(page) == "index" else re.sub(r"\A# (.*)$", rf"# \1 {{#{label(page)}}}", text, flags=re.M)


def header(text):
    paragraphs = text.split("\n\n")
    for i, paragraph in enumerate(paragraphs):
        if len(re.findall(r"^(?:ELU_API|inline) ", paragraph, re.M)) > 1:
            paragraphs[i] = f"///@{{\n{paragraph.rstrip()}\n///@}}"
    return re.sub(r"\A(///|/\*\*) ", r"\1 @file\n\1 " if text.startswith("///") else r"\1 @file\n * ",
                  "\n\n".join(paragraphs)) + "\n"


def main(name):
    file = pathlib.Path(name).resolve().relative_to(PROJECT)
    text = (PROJECT / file).read_text()
    print(markdown(file, text) if file.suffix == ".md" else header(text), end="")


if __name__ == "__main__":
    main(sys.argv[1])
