"""A network is stored as one npz file: what it is, as JSON, and its parameters, as one flat vector."""

import json

import numpy as np

DESCRIPTION = "nncore"


def write(path, description, parameters):
    """Write a description (of JSON types) and parameters (n_parameters,) to a file of exactly this name."""
    with open(path, "wb") as file:
        np.savez(file, **{DESCRIPTION: np.array(json.dumps(description)), "parameters": parameters})


def read(path):
    """Return (description, parameters) as written; ValueError where the file is damaged or something else."""
    import zipfile  # imported here, for they delay the start of a page that loads nothing
    import zlib

    try:
        with open(path, "rb") as file, np.load(file, allow_pickle=False) as arrays:
            if DESCRIPTION not in arrays:
                raise ValueError(f"{path} is no file of nncore: it holds {', '.join(arrays) or 'nothing'}")
            return json.loads(str(arrays[DESCRIPTION])), arrays["parameters"]
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        AttributeError,
        TypeError,
        ValueError,
    ) as error:
        if str(error).startswith(str(path)):
            raise
        raise ValueError(
            f"{path} is no complete file of nncore, perhaps truncated ({error}): save the network again"
        ) from None
