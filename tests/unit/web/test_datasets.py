"""What the page says of the data sets is what nncore gives."""
import pytest

import datasets
import shapes
import spec as specs
from nncore import load_dataset


@pytest.mark.parametrize("about", datasets.DATASETS, ids=lambda about: about.name)
def test_the_page_knows_its_data(about):
    data = load_dataset(about.name)
    assert data.x.shape[1] == about.n_features
    assert data.generated == about.generated
    assert data.task == about.tasks[0]
    assert data.for_task(about.tasks[-1]).task == about.tasks[-1]
    names = shapes.class_names(specs.parse("data=" + about.name)[0])
    assert len(data.class_names) == len(names)
    if not about.generated:
        assert data.x.shape[0] == about.rows
        if about.name != "wine":  # scikit-learn calls its growers class_0 to class_2
            assert list(map(str, data.class_names)) == names
    assert (data.image_shape is not None) == (about.side is not None)


@pytest.mark.parametrize("name, point, meaning", [
    ("circle", (0, 0), "inside"), ("circle", (0.8, 0), "outside"),
    ("xor", (0.5, 0.5), "signs agree"), ("xor", (-0.5, 0.5), "signs differ"),
    ("gauss", (0.5, 0.5), "upper right"), ("moons", (-0.33, 0.5), "upper"),
])
def test_class_names_say_where_a_class_lies(name, point, meaning):
    data = load_dataset(name, points=900, noise=0)
    nearest = ((data.x - point) ** 2).sum(axis=1).argmin()
    assert datasets.find(name).classes[data.y[nearest]] == meaning


def test_every_task_has_data_and_a_sentence():
    for task in datasets.TASKS:
        assert specs.DATA_OF_TASK[task] in [data.name for data in datasets.of_task(task)]
    assert {data.name for data in datasets.of_task("reconstruct")} == set(datasets.RECONSTRUCTION)
