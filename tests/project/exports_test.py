"""The shared library exports the functions that elu.h declares, and nothing else; its name carries the SOVERSION. It
takes nothing from other libraries that allocates, locks or throws.

    exports_test.py LIBRARY HEADER
"""
import re
import subprocess
import sys

# But for what AddressSanitizer's instrumentation calls, where the library is built with it.
FORBIDDEN = r"(?!__asan_)\w*alloc|posix_memalign|_Zn[wa]|pthread_|mtx_|sem_|__cxa_(?!finalize)|__gxx_|_Unwind_"


def symbols(library, which):
    lines = subprocess.run(["nm", "-D", which, library], check=True, capture_output=True, text=True).stdout
    return {line.split()[-1].split("@")[0] for line in lines.splitlines()}


def exported(library):
    return symbols(library, "--defined-only") - {"ELU_1"}  # the version itself is a symbol


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
    faults += [f"{name} is taken from another library" for name in sorted(symbols(library, "--undefined-only"))
               if re.match(FORBIDDEN, name)]
    print("\n".join(faults) or f"{len(promised)} functions, exported as declared")
    return 1 if faults or len(promised) < 36 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
