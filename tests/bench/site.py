"""The folder that the benchmark's server serves: the built lab, the benchmark's page, data and peers."""

import hashlib
import json
import shutil
from pathlib import Path

from .workloads import WORKLOADS, arrays

HERE = Path(__file__).parent
PEER_FILES = (
    "@tensorflow/tfjs/dist/tf.min.js",
    "@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js",
    "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm",
    "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm",
    "convnetjs/build/convnet-min.js",
)
BRAIN = "brain.js/browser.min.js"


def assemble(dist, target, peers=None, playground=None):
    """Make the folder anew: `dist` goes to lab/; `peers` is a node_modules, `playground` that engine's module."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(dist, target / "lab")
    shutil.copytree(HERE / "page", target / "bench")
    shutil.copytree(HERE / "engines", target / "bench/engines", ignore=shutil.ignore_patterns("__pycache__"))
    for workload in WORKLOADS.values():
        folder = target / "data" / workload.name
        folder.mkdir(parents=True)
        for name, values in zip(("parameters", "x", "y"), arrays(workload)):
            values.tofile(folder / f"{name}.f32")
    (target / "peers").mkdir()
    if peers:
        for file in PEER_FILES:
            shutil.copyfile(peers / file, target / "peers" / Path(file).name)
        shutil.copyfile(peers / BRAIN, target / "peers/brain.min.js")
    if playground:
        shutil.copyfile(playground, target / "peers/playground.js")


def with_sources(lab, archives, target):
    """Make a copy of the lab that has the Python archives as they come, not compiled, and nothing kept by a service
    worker: what our start-up is measured beside."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(lab, target)
    (target / "sw.js").unlink()
    place = target / "pyodide/pyodide-lock.json"
    lock = json.loads(place.read_text(encoding="utf-8"))
    for archive in archives:
        shutil.copyfile(archive, target / "pyodide" / archive.name)
        for package in lock["packages"].values():
            if package["file_name"] == archive.name:
                package["sha256"] = hashlib.sha256(archive.read_bytes()).hexdigest()
    place.write_text(json.dumps(lock), encoding="utf-8")


def peer_versions():
    """Return the exact version of each peer, from package.json."""
    return json.loads((HERE / "package.json").read_text(encoding="utf-8"))["devDependencies"]
