"""Instructions an element of the AVX-512 loops, counted in the disassembly of the library: valgrind cannot run them.

A kernel's loop is found by what it does, not by its name: among the instructions of a function of the namespace N_AVX3
that takes arrays, the innermost cycle that stores vectors to memory other than the stack. Calls that the cycle can do
without (what redoes a doubtful vector) do not count, nor does what the compiler has put apart from it as unlikely;
calls that it needs count with the length of what they call. Where two ways are left, both count.
"""
import re
import subprocess

SYMBOL = re.compile(r"^[0-9a-f]+ <(.*)>:$")
LINE = re.compile(r"^ *([0-9a-f]+):\t(\S+) *([^#]*)")
TARGET = re.compile(r"^([0-9a-f]+) <([^+>]+)(\+0x[0-9a-f]+)?>")
NAMESPACE = "3elu3cpu6N_AVX3"
ELEMENT_BYTES = {"float": 4, "double": 8, "unsigned short": 2}
REGISTER_BYTES = {"z": 64, "y": 32, "x": 16}
# Stores that write less than their register: the part of it that they write.
NARROWING = {"vpmovqd": 2, "vpmovdw": 2, "vpmovwb": 2, "vpmovqw": 4, "vcvtps2ph": 2}
EXTRACTING = re.compile(r"vextract[if](?:\d+x(\d)|128)")  # vextracti32x8, vextractf64x2, vextracti128
EXTRACTED_BYTES = {"2": 16, "4": 16, "8": 32}


class Instruction:
    def __init__(self, address, mnemonic, operands):
        self.address, self.mnemonic, self.operands = address, mnemonic, operands.strip()
        target = TARGET.match(self.operands)
        self.target = int(target[1], 16) if target else None
        self.callee = target[2] if target and not target[3] else None
        self.jumps = mnemonic.startswith("j")
        self.calls = mnemonic == "call" or (self.jumps and self.callee is not None)
        self.ends = mnemonic in ("jmp", "ret", "notrack")

    def stored_bytes(self, frame):
        """To memory that is not on the stack; 0 if nothing."""
        source = re.match(r"(?:\$\S+?,)?%([xyz])mm\d+,[^%]*\((.*)\)", self.operands)
        if not source or re.search(frame, source[2]):
            return 0
        extracted = EXTRACTING.match(self.mnemonic)
        if extracted:
            part = extracted[1] or "4"
            return 32 if "64x4" in self.mnemonic else EXTRACTED_BYTES[part]
        return REGISTER_BYTES[source[1]] // NARROWING.get(self.mnemonic, 1)


def disassemble(library):
    """The instructions of every function of the namespace, by mangled name."""
    text = subprocess.run(["objdump", "-d", "--no-show-raw-insn", library], check=True, capture_output=True,
                          text=True).stdout
    functions, current = {}, None
    for line in text.splitlines():
        if symbol := SYMBOL.match(line):
            current = functions.setdefault(symbol[1], []) if NAMESPACE in symbol[1] else None
        elif current is not None and (parts := LINE.match(line)):
            current.append(Instruction(int(parts[1], 16), parts[2], parts[3]))
    return functions


def successors(code):
    place = {instruction.address: i for i, instruction in enumerate(code)}
    follow = []
    for i, instruction in enumerate(code):
        after = [] if instruction.ends or i + 1 == len(code) else [i + 1]
        if instruction.jumps and instruction.target in place:
            after.append(place[instruction.target])
        follow.append(after)
    return follow


def reached(start, follow, nodes):
    found, todo = set(), [start]
    while todo:
        for node in follow[todo.pop()]:
            if node in nodes and node not in found:
                found.add(node)
                todo.append(node)
    return found


def cycles(follow, nodes):
    """The largest sets of nodes that all reach one another."""
    before = [[] for _ in follow]
    for node, after in enumerate(follow):
        for successor in after:
            before[successor].append(node)
    rest = set(nodes)
    for node in sorted(nodes):
        if node in rest and any(successor <= node for successor in follow[node]):
            cycle = reached(node, follow, rest) & reached(node, before, rest)
            rest -= cycle
            if cycle:
                yield cycle


def storing_loops(follow, nodes, stored):
    """The innermost cycles that store."""
    for cycle in cycles(follow, nodes):
        if not any(stored[i] for i in cycle):
            continue
        entries = {min(cycle)} | {s for i in range(len(follow)) if i not in cycle for s in follow[i] if s in cycle}
        inner = list(storing_loops(follow, cycle - entries, stored))
        yield from inner or [cycle]


def pieces(nodes):
    """The instructions in unbroken sequences."""
    runs = []
    for node in sorted(nodes):
        if not runs or node != max(runs[-1]) + 1:
            runs.append(set())
        runs[-1].add(node)
    return runs


def likely(follow, loop, code, stored):
    """The loop less the calls and the places apart that it can do without, and what leads to them."""
    def complete(nodes):
        return [c for c in cycles(follow, nodes) if any(stored[i] for i in c)]

    for parts_of in (lambda nodes: [{i} for i in nodes if code[i].calls], pieces):
        spared = set().union(*(part for part in parts_of(loop) if complete(loop - part)))
        loop = next(iter(complete(loop - spared)), loop)
    return loop


def length(name, functions, depth=4):
    """Instructions of a function with those it calls."""
    code = functions.get(name, [])
    return len(code) + (sum(length(i.callee, functions, depth - 1) for i in code if i.calls) if depth else 0)


def loops_of(name, functions, element_bytes):
    """(first address, instructions an element, elements a turn) of each loop of a function."""
    code = functions[name]
    frame = "%rsp|%rbp" if any(i.operands == "%rsp,%rbp" for i in code) else "%rsp"
    stored = [i.stored_bytes(frame) for i in code]
    follow = successors(code)
    for loop in storing_loops(follow, set(range(len(code))), stored):
        loop = likely(follow, loop, code, stored)
        count = len(loop) + sum(length(code[i].callee, functions) for i in loop if code[i].calls)
        elements = sum(stored[i] for i in loop) // element_bytes
        if elements >= 8:
            yield code[min(loop)].address, count / elements, elements


def split_arguments(name):
    """A demangled function without its arguments, and the arguments."""
    depth = 0
    for i, character in enumerate(name):
        depth += {"<": 1, ">": -1}.get(character, 0)
        if character == "(" and depth == 0:
            return name[:i], name[i:]
    return name, ""


def short(name):
    """The part of a demangled name that tells kernels apart."""
    name = re.sub(r"elu::cpu::(N_AVX3::)?|hwy::N_AVX3::| \[clone [^]]*\]|(?<=\d)ul", "", name)
    name, arguments = split_arguments(name)
    name = name.removeprefix("void ")
    return name if "<" in name else name + arguments.replace(", Coefficients const&", "")


def count_loops(library):
    """{kernel: instructions an element} of the loops with AVX-512."""
    functions = disassemble(library)
    demangled = subprocess.run(["c++filt"], input="\n".join(functions), check=True, capture_output=True,
                               text=True).stdout.splitlines()
    counts = {}
    for mangled, name in sorted(zip(functions, demangled), key=lambda pair: pair[1]):
        types = set(re.findall(r"(float|double|unsigned short)(?: const)?\*", split_arguments(name)[1]))
        if len(types) != 1:
            continue
        found = sorted(loops_of(mangled, functions, ELEMENT_BYTES[types.pop()]))
        for _, per_element, elements in found:
            key = f"{short(name)}, {elements} a turn"
            repeated = sum(k.split(" #")[0] == key for k in counts)
            counts[key + (f" #{repeated + 1}" if repeated else "")] = per_element
    return counts
