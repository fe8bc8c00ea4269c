"""What several unit tests share: real data where there are any, and small networks."""

import pytest

from nncore import load_dataset


@pytest.fixture
def real_data():
    """Return a function that loads a real data set, and skips the test where none is at hand."""

    def load(name, **options):
        try:
            return load_dataset(name, **options)
        except RuntimeError as missing:
            pytest.skip(str(missing))

    return load
