"""What the page says of the data sets is what nncore gives."""
import pytest

import datasets
from nncore import load_dataset


@pytest.mark.parametrize("about", datasets.DATASETS, ids=lambda about: about.name)
def test_the_page_knows_its_data(about):
    data = load_dataset(about.name)
    assert data.x.shape[1] == about.n_features
    assert len(data.class_names) == len(about.classes)
    assert data.generated == about.generated
    if not about.generated:
        assert data.x.shape[0] == about.rows
        if about.name != "wine":  # scikit-learn calls its growers class_0 to class_2
            assert [str(name) for name in data.class_names] == about.classes
    assert (data.image_shape is not None) == (about.side is not None)
