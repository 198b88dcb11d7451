"""The shared library exports the functions that elu.h declares, and nothing else; its name carries the SOVERSION.

    exports_test.py LIBRARY HEADER
"""
import re
import subprocess
import sys


def exported(library):
    lines = subprocess.run(["nm", "-D", "--defined-only", library], check=True, capture_output=True, text=True).stdout
    names = {line.split()[-1].split("@")[0] for line in lines.splitlines()}
    return {name for name in names if name != "ELU_1"}  # the version itself is a symbol


def declared(header):
    text = re.sub(r"/\*.*?\*/", "", open(header, encoding="utf-8").read(), flags=re.S)
    return set(re.findall(r"ELU_API[^;(]*?\b(elu_\w+)\(", text))


def main(library, header):
    there, promised = exported(library), declared(header)
    faults = [f"{name} is exported but not declared" for name in sorted(there - promised)]
    faults += [f"{name} is declared but not exported" for name in sorted(promised - there)]
    dynamic = subprocess.run(["readelf", "-d", library], check=True, capture_output=True, text=True).stdout
    version = re.search(r"SOVERSION (\d+)", open(header, encoding="utf-8").read())[1]
    if f"[libelu.so.{version}]" not in dynamic:
        faults.append(f"the library's name does not carry SOVERSION {version}, of which elu.h speaks")
    print("\n".join(faults) or f"{len(promised)} functions, exported as declared")
    return 1 if faults or len(promised) < 36 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
