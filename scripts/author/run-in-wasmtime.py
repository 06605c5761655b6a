"""Calls one exported function of a component in real wasmtime and prints what it gives as JSON.

    python3 run-in-wasmtime.py COMPONENT FUNCTION ARGUMENTS [GUEST=HOST ...]

FUNCTION is a name of the world, or `interface#name`; ARGUMENTS a list as JSON. Each GUEST=HOST hands over a folder. Needs the package
`wasmtime`.
"""

import json
import sys

from wasmtime import Engine, Store, WasiConfig
from wasmtime.component import Component, Linker


def main(path: str, function: str, arguments: str, *folders: str) -> None:
    engine = Engine()
    component = Component.from_file(engine, path)
    linker = Linker(engine)
    linker.add_wasip2()
    linker.add_wasi_http()
    store = Store(engine)
    wasi = WasiConfig()
    wasi.inherit_stderr()
    for folder in folders:
        guest, host = folder.split("=", 1)
        wasi.preopen_dir(host, guest, False)
    store.set_wasi(wasi)
    if hasattr(store, "set_wasi_http"):
        store.set_wasi_http()
    instance = linker.instantiate(store, component)
    owner, _, name = function.rpartition("#")
    index = instance.get_export_index(store, owner) if owner else None
    call = instance.get_func(store, instance.get_export_index(store, name, index) if index else name)
    if call is None:
        raise SystemExit(f"no function {function}")
    result = call(store, *json.loads(arguments))
    print(json.dumps(result, default=str))


main(*sys.argv[1:])
