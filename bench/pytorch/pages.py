"""The parts of pages that commands write."""
import pathlib

PROJECT = pathlib.Path(__file__).parents[2]
END = "<!-- to here -->\n"


def update(page, command, text):
    """Puts the text between the marks of the command, "<!-- COMMAND writes from here -->" and the next END."""
    path, begin = PROJECT / page, f"<!-- {command} writes from here -->\n"
    before, rest = path.read_text().split(begin)
    after = rest.split(END, 1)[1]
    path.write_text(f"{before}{begin}\n{text}\n\n{END}{after}")
